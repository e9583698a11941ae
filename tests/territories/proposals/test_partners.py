"""A partner sees its own sheets, offers changes, and follows what becomes of them."""

from datetime import timedelta

import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from django.contrib.auth.models import User
from django.utils import timezone
from factories import make_content_page, make_member
from filling_forms import words_of
from wagtail.test.utils.form_data import rich_text

from agenda.models import EventDate, EventPage
from resources_directory.members import remove_partner
from resources_directory.models import ActorPage
from territories.models import Proposal
from territories.plugins.switching import switch_off
from territories.proposals.models import State
from territories.tenancy.roles import role_group

pytestmark = pytest.mark.django_db
PORTAL = {"host": "localhost"}


@pytest.fixture
def event(actor):
    return make_event(actor.territory, "Café des parents", organiser=actor)


def test_the_sheets_are_the_actor_its_services_and_the_events_it_organises(
    ask, partner, actor, service, event, alpha
):
    other = make_actor(alpha, "Une autre maison")
    make_service(alpha, "Un service d’ailleurs", actor=other)
    make_event(alpha, "Un rendez-vous chez nous", organiser=other, place=actor)
    make_service(alpha, "Un service à venir", actor=actor, published=False)
    words = words_of(ask(partner, "sheets"))
    for title in (actor.title, service.title, event.title):
        assert title in words
    for title in ("Une autre maison", "d’ailleurs", "chez nous", "à venir"):
        assert title not in words


def test_the_menu_leads_there_and_to_no_page(client, partner, coordinator):
    client.force_login(partner)
    home = client.get("/admin/", headers=PORTAL).content.decode()
    assert "/admin/proposals/sheets/" in home and "Mes fiches" in home
    for address in ("/admin/pages/", "/admin/images/", "/admin/documents/", "/admin/services/"):
        assert client.get(address, headers=PORTAL).status_code == 302, address
    client.force_login(coordinator)
    home = client.get("/admin/", headers=PORTAL).content.decode()
    assert "/admin/proposals/sheets/" not in home and "/admin/proposals/" in home


def test_a_proposal_waits_and_changes_nothing(ask, propose, partner, actor):
    before = ActorPage.objects.get(pk=actor.pk).serializable_data()
    proposal = propose(partner, actor, "Le numéro change lundi.", phone="05 61 11 11 11")
    assert proposal.changes == {"phone": {"before": "05 61 00 00 00", "after": "05 61 11 11 11"}}
    assert (proposal.territory, proposal.user) == (actor.territory, partner)
    assert proposal.note == "Le numéro change lundi." and proposal.is_waiting
    assert ActorPage.objects.get(pk=actor.pk).serializable_data() == before
    assert actor.revisions.count() == 1
    words = words_of(ask(partner, "sheets"))
    assert "Votre proposition" in words and "Téléphone" in words and "en attente" in words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "appelez-nous"}, "Un numéro de téléphone, comme 05 61 00 00 00."),
        ({"title": "MQ"}, "Le nom compte entre 3 et 150 caractères."),
        ({"website": "pas une adresse"}, "URL valide"),
        ({"confirmed_on": "hier"}, "Saisissez une date valide."),
    ],
)
def test_what_the_editor_refuses_is_refused_in_french_and_nothing_typed_is_lost(
    ask, fill, partner, actor, changes, sentence
):
    form = fill(ask(partner, "propose", actor.pk), "Un mot", description="Autre texte", **changes)
    response = ask(partner, "propose", actor.pk, form=form)
    words = words_of(response)
    assert sentence in words and "Rien n’est perdu" in words
    html = response.content.decode()
    for kept in ("Autre texte", "Un mot", *changes.values()):
        assert kept in html
    assert not Proposal.objects.exists()


def test_an_untouched_form_offers_nothing(ask, fill, partner, actor, service, event):
    for page in (actor, service, event):
        form = fill(ask(partner, "propose", page.pk), "Rien à dire")
        response = ask(partner, "propose", page.pk, form=form)
        assert "Rien n’a changé" in words_of(response), response.context["form"].errors
    assert not Proposal.objects.exists()


def test_what_was_wrong_before_is_not_theirs_to_put_right(propose, partner, actor):
    ActorPage.objects.filter(pk=actor.pk).update(latitude=None)
    assert propose(partner, actor, phone="05 61 11 11 11").changes.keys() == {"phone"}


def test_what_was_published_meanwhile_is_no_change_of_theirs(ask, fill, partner, actor):
    form = fill(ask(partner, "propose", actor.pk), website="https://maison.example.org/")
    fresh = ActorPage.objects.get(pk=actor.pk)
    fresh.phone = "05 61 77 77 77"
    fresh.save_revision().publish()
    ask(partner, "propose", actor.pk, form=form)
    assert Proposal.objects.get().changes.keys() == {"website"}


def test_dates_are_offered_and_keep_their_key(ask, fill, partner, event):
    kept = event.dates.get()
    moved = kept.start + timedelta(days=7)
    form = fill(ask(partner, "propose", event.pk))
    form["dates-0-start"] = timezone.localtime(moved).strftime("%Y-%m-%dT%H:%M")
    form["dates-0-end"] = ""
    form["dates-1-start"] = "2030-12-03T09:30"
    ask(partner, "propose", event.pk, form=form)
    change = Proposal.objects.get().changes["dates"]
    assert [line["key"] for line in change["before"]] == [str(kept.key)]
    first, second = change["after"]
    assert first["key"] == str(kept.key) and second["key"] != str(kept.key)
    assert first["start"] == moved.strftime("%Y-%m-%dT%H:%M:00Z") and first["end"] is None
    assert second["start"] == "2030-12-03T08:30:00Z"


def test_one_date_is_offered_as_cancelled_and_keeps_its_key(ask, fill, partner, event):
    response = ask(partner, "propose", event.pk)
    original = event.dates.get().start.isoformat()
    assert original in response.content.decode()
    form = fill(response)
    form |= {"changes-0-kind": "cancelled", "changes-0-original": original}
    assert ask(partner, "propose", event.pk, form=form).status_code == 302
    (change,) = Proposal.objects.get().changes["changes"]["after"]
    assert (change["kind"], change["start"]) == ("cancelled", None)
    assert change["original"] == event.dates.get().start.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_date_that_cannot_be_is_refused_in_a_sentence(ask, fill, partner, event):
    form = fill(ask(partner, "propose", event.pk))
    form["dates-0-end"] = "2001-01-01T10:00"
    response = ask(partner, "propose", event.pk, form=form)
    assert "Fin : elle doit venir après le début." in words_of(response)


def test_the_last_date_cannot_be_taken_away(ask, fill, partner, event):
    form = fill(ask(partner, "propose", event.pk)) | {"dates-0-DELETE": "on"}
    assert ask(partner, "propose", event.pk, form=form).status_code == 200
    assert not Proposal.objects.exists()


def test_a_date_that_got_another_row_meanwhile_is_the_same_date(ask, fill, partner, event):
    form = fill(ask(partner, "propose", event.pk), summary="Venez nombreux.")
    key = event.dates.get().key
    fresh = EventPage.objects.get(pk=event.pk)
    again = fresh.dates.get()
    again.pk = None
    fresh.dates = [again]
    fresh.save_revision().publish()
    assert EventPage.objects.get(pk=event.pk).dates.get().key == key
    ask(partner, "propose", event.pk, form=form)
    assert Proposal.objects.get().changes.keys() == {"summary"}


def test_a_date_that_has_gone_meanwhile_comes_back_as_it_was(ask, fill, partner, event):
    form = fill(ask(partner, "propose", event.pk))
    form |= {"dates-0-repeat": "weekly"}
    key = event.dates.get().key
    fresh = EventPage.objects.get(pk=event.pk)
    fresh.dates = [EventDate(start=timezone.now())]
    fresh.save_revision().publish()
    ask(partner, "propose", event.pk, form=form)
    [line] = Proposal.objects.get().changes["dates"]["after"]
    assert (line["key"], line["repeat"]) == (str(key), "weekly")


@pytest.mark.parametrize("crafted", ["x", "", "-1", "9" * 40, "0"])
def test_nonsense_in_place_of_a_line_is_no_error_of_the_server(ask, fill, partner, event, crafted):
    form = fill(ask(partner, "propose", event.pk))
    for name in ("id", "key", "ORDER"):
        answer = ask(partner, "propose", event.pk, form=form | {f"dates-0-{name}": crafted})
        assert answer.status_code in {200, 302}
    form.pop("dates-TOTAL_FORMS")
    assert ask(partner, "propose", event.pk, form=form).status_code == 200


def test_the_place_of_an_event_is_an_actor_of_the_territory(ask, fill, partner, event, beta):
    here, elsewhere = make_actor(event.territory, "La Ruche"), make_actor(beta, "Chez beta")
    response = ask(partner, "propose", event.pk)
    assert "La Ruche" in words_of(response) and "Chez beta" not in words_of(response)
    for actor, number in ((elsewhere, 0), (here, 1)):
        form = fill(ask(partner, "propose", event.pk), place=actor.pk)
        ask(partner, "propose", event.pk, form=form)
        assert Proposal.objects.count() == number
    assert Proposal.objects.get().changes == {"place": {"before": None, "after": here.pk}}


def test_the_places_of_a_service_are_at_actors_of_the_territory(
    ask, fill, partner, service, beta, coordinator
):
    here, elsewhere = make_actor(service.territory, "La Ruche"), make_actor(beta, "Chez beta")
    response = ask(partner, "propose", service.pk)
    assert "La Ruche" in words_of(response) and "Chez beta" not in words_of(response)
    for actor, number in ((elsewhere, 0), (here, 1)):
        form = fill(ask(partner, "propose", service.pk)) | {
            "places-0-actor": actor.pk,
            "places-0-days": "10/12/2030 9:00-12:00",
        }
        ask(partner, "propose", service.pk, form=form)
        assert Proposal.objects.count() == number
    assert Proposal.objects.get().changes["places"]["after"][0]["actor"] == here.pk
    review = words_of(ask(coordinator, "review", Proposal.objects.get().pk))
    assert "La Ruche" in review and "mardi 10 décembre, 9 h à 12 h" in review


def test_a_text_is_offered_and_may_point_to_no_page(ask, fill, partner, event, beta):
    draft = make_content_page(beta, "Un brouillon d’ailleurs", published=False)
    link = rich_text(f'<p><a linktype="page" id="{draft.pk}">Ici</a></p>', features=["link"])
    form = fill(ask(partner, "propose", event.pk), body=link)
    answer = ask(partner, "propose", event.pk, form=form)
    assert "se demande dans le mot à la coordination" in words_of(answer)
    form["body"] = rich_text("<p>On prend un <b>café</b>.</p>", features=["bold"])
    assert ask(partner, "propose", event.pk, form=form).status_code == 302
    assert Proposal.objects.get().changes == {
        "body": {"before": "", "after": "<p>On prend un <b>café</b>.</p>"}
    }


def test_a_new_proposal_takes_the_place_of_the_one_that_waits(ask, propose, partner, actor):
    first = propose(partner, actor, "Premier mot", phone="05 61 11 11 11")
    again = ask(partner, "propose", actor.pk)
    assert "Celle-ci prendra sa place" in words_of(again)
    assert again.context["form"]["phone"].value() == "05 61 11 11 11"
    assert "Premier mot" in again.content.decode()
    second = propose(partner, actor, email="accueil@example.org")
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN
    assert second.changes["phone"] == first.changes["phone"]
    assert second.changes.keys() == {"phone", "email"}


def test_one_takes_back_what_waits_and_nothing_else(
    ask, propose, decide, partner, actor, coordinator
):
    proposal = propose(partner, actor, phone="05 61 11 11 11")
    ask(partner, "withdraw", proposal.pk, form={})
    proposal.refresh_from_db()
    assert proposal.state == State.WITHDRAWN
    refused = propose(partner, actor, phone="05 61 11 11 11")
    decide(coordinator, refused, "refuse", reason="Ce numéro sonne dans le vide.")
    ask(partner, "withdraw", refused.pk, form={})
    refused.refresh_from_db()
    assert refused.state == State.REFUSED
    words = words_of(ask(partner, "sheets"))
    assert "refusée" in words and "Ce numéro sonne dans le vide." in words


def test_the_home_of_the_admin_says_what_waits(client, propose, partner, actor, coordinator):
    propose(partner, actor, phone="05 61 11 11 11")
    for user, heading in ((partner, "Vos propositions"), (coordinator, "Propositions à relire")):
        client.force_login(user)
        words = words_of(client.get("/admin/", headers=PORTAL))
        assert heading in words and actor.title in words


@pytest.fixture
def strangers(alpha, beta, actor, make_partner):
    """People who have nothing to do with the actor, each of a kind."""
    in_alpha = make_partner(make_actor(alpha, "Une autre maison"), "voisine")
    in_beta = make_partner(make_actor(beta, "Chez beta"), "lointain")
    former = make_partner(actor, "ancienne")
    remove_partner(actor=actor, user=former)
    # The row without the role: whoever takes somebody out of a territory takes the role.
    left = make_partner(actor, "partie")
    left.groups.remove(role_group(alpha, "partner"))
    return [
        in_alpha,
        in_beta,
        former,
        left,
        make_member(beta),
        make_member(alpha, "editor"),
        make_member(alpha),
        User.objects.create_superuser("nationale", password="secret"),
    ]


def test_nobody_else_offers_for_an_actor_or_takes_back(
    ask, propose, partner, actor, service, strangers
):
    proposal = propose(partner, actor, phone="05 61 11 11 11")
    for stranger in strangers:
        for page in (actor, service):
            for form in (None, {"phone": "05 61 66 66 66"}):
                answer = ask(stranger, "propose", page.pk, form=form)
                assert answer.status_code in {302, 403, 404}, stranger
                assert actor.title not in words_of(answer)
        assert ask(stranger, "withdraw", proposal.pk, form={}).status_code in {302, 403, 404}
        assert ask(partner, "withdraw", proposal.pk).status_code == 405
    proposal.refresh_from_db()
    assert proposal.is_waiting and Proposal.objects.count() == 1


def test_without_an_account_everything_asks_to_log_in(client, actor):
    for address in ("", "sheets/", f"sheets/{actor.pk}/", "1/", f"ask/{actor.pk}/"):
        answer = client.get(f"/admin/proposals/{address}", headers=PORTAL)
        assert answer.url.startswith("/admin/login/")


def test_a_partner_neither_reads_nor_decides_what_others_offer(ask, offer, partner, actor):
    proposal = offer(actor, phone="05 61 11 11 11")
    for name, arguments in (("index", []), ("review", [proposal.pk]), ("ask", [actor.pk])):
        assert ask(partner, name, *arguments).status_code in {302, 404}, name
    ask(partner, "review", proposal.pk, form={"action": "apply", "choice_phone": "take"})
    proposal.refresh_from_db()
    assert proposal.is_waiting


def test_nothing_is_offered_where_the_plugin_is_closed(ask, propose, partner, actor, event, alpha):
    propose(partner, event, summary="Venez nombreux.")
    switch_off(territory=alpha, plugin="agenda")
    words = words_of(ask(partner, "sheets"))
    assert actor.title in words and event.title not in words
    assert ask(partner, "propose", event.pk).status_code == 404
    switch_off(territory=alpha, plugin="resources_directory")
    assert ask(partner, "sheets").status_code == 302
