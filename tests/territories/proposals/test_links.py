"""A mailed link lets its holder offer a change on one sheet, once, without an account."""

from datetime import timedelta

import pytest
from agenda_factories import make_event
from directory_factories import make_actor
from django.test import Client
from django.utils import timezone
from factories import make_content_page, make_member, make_page
from filling_forms import typed, words_of
from wagtail.models import Locale

from resources_directory.models import ActorPage
from territories.links.links import make_link
from territories.models import OutgoingMail, Proposal, SignedLink
from territories.plugins.switching import switch_off
from territories.proposals.offering import LINK_PURPOSE, ask_for_change

pytestmark = pytest.mark.django_db
ALPHA, BETA, PORTAL = ({"host": f"{name}localhost"} for name in ("alpha.", "beta.", ""))


@pytest.fixture
def link(actor, coordinator):
    return ask_for_change(page=actor, email="accueil@example.org", asked_by=coordinator)


@pytest.fixture
def holder(two_territories):
    return Client(headers=ALPHA)


def address(link) -> str:
    return f"/proposer/{link.token}/"


def fill(holder, link, **changes) -> dict:
    shown = holder.get(address(link))
    assert shown.status_code == 200, words_of(shown)
    sent = typed(shown.context["form"]) | {"base": shown.context["offer"].base, "note": ""}
    for formset in shown.context["form"].formsets.values():
        sent |= typed(formset.management_form)
        for line in formset:
            sent |= typed(line)
    return sent | changes


def test_a_coordinator_finds_the_button_and_sends_the_link(client, ask, coordinator, actor):
    client.force_login(coordinator)
    editor = client.get(f"/admin/pages/{actor.pk}/edit/", headers=PORTAL).content.decode()
    assert f"/admin/proposals/ask/{actor.pk}/" in editor
    ActorPage.objects.filter(pk=actor.pk).update(email="accueil@example.org")
    form = ask(coordinator, "ask", actor.pk).context["form"]
    assert form.initial["email"] == "accueil@example.org"
    sent = {"email": "autre@example.org", "message": "Êtes-vous ouverts en août ?"}
    assert ask(coordinator, "ask", actor.pk, form=sent).status_code == 302
    mail = OutgoingMail.objects.get()
    link = SignedLink.objects.get()
    assert mail.to == link.email == "autre@example.org"
    assert f"http://alpha.localhost{address(link)}" in mail.text
    assert "Êtes-vous ouverts en août ?" in mail.text and actor.title in mail.subject


def test_the_page_is_kept_nowhere_and_found_by_no_robot(holder, link):
    shown = holder.get(address(link))
    assert "no-store" in shown["Cache-Control"] and "private" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    html = shown.content.decode()
    assert '<meta name="robots" content="noindex' in html and "csrfmiddlewaretoken" in html
    assert '<html lang="fr"' in html
    assert "<script" not in html.split("<main")[1] and "style=" not in html


def test_without_the_token_of_the_form_nothing_is_taken(link):
    strict = Client(headers=ALPHA, enforce_csrf_checks=True)
    assert strict.post(address(link), {"phone": "05 61 11 11 11"}).status_code == 403
    assert not Proposal.objects.exists()


def test_opening_uses_nothing_up_and_sending_does(holder, link, actor):
    for _again in range(3):
        form = fill(holder, link, phone="05 61 11 11 11", note="À partir de lundi.")
    answer = holder.post(address(link), form)
    assert answer.url == "/proposer/envoye/"
    assert "Merci, c’est envoyé" in words_of(holder.get(answer.url))
    proposal = Proposal.objects.get()
    assert proposal.changes == {"phone": {"before": "05 61 00 00 00", "after": "05 61 11 11 11"}}
    assert (proposal.email, proposal.user, proposal.link) == ("accueil@example.org", None, link)
    assert proposal.note == "À partir de lundi."
    assert ActorPage.objects.get(pk=actor.pk).phone == "05 61 00 00 00"
    for again in (holder.get(address(link)), holder.post(address(link), form)):
        assert again.status_code == 410
        assert "Ce lien a déjà servi." in words_of(again)
    assert Proposal.objects.count() == 1


def test_an_error_uses_nothing_up_either_and_keeps_what_was_typed(holder, link):
    form = fill(holder, link, phone="appelez-nous", website="https://maison.example.org/")
    answer = holder.post(address(link), form)
    assert answer.status_code == 422
    assert "Un numéro de téléphone, comme 05 61 00 00 00." in words_of(answer)
    html = answer.content.decode()
    assert "appelez-nous" in html and "https://maison.example.org/" in html
    assert "Rien n’a changé" in words_of(holder.post(address(link), fill(holder, link)))
    assert holder.get(address(link)).status_code == 200


def test_an_event_is_offered_with_its_dates_and_without_a_script(holder, actor, coordinator):
    event = make_event(actor.territory, "Café des parents", organiser=actor)
    link = ask_for_change(page=event, email="accueil@example.org", asked_by=coordinator)
    form = fill(holder, link)
    # A text with links and headings needs an editor.
    assert "body" not in form
    form |= {"dates-1-start": "2030-12-03T09:30", "status": "full"}
    assert holder.post(address(link), form).status_code == 302, Proposal.objects.all()
    changes = Proposal.objects.get().changes
    assert changes.keys() == {"dates", "status"} and len(changes["dates"]["after"]) == 2


@pytest.mark.parametrize(
    ("spoil", "status", "sentence"),
    [
        (lambda link: setattr(link, "expires_at", timezone.now()), 410, "n’est plus valable"),
        (lambda link: setattr(link, "withdrawn_at", timezone.now()), 410, "a été retiré"),
        (lambda link: setattr(link, "payload", {}), 410, "n’est plus sur le site"),
        (lambda link: setattr(link, "payload", {"page": 0}), 410, "n’est plus sur le site"),
    ],
)
def test_a_link_that_opens_nothing_says_why(holder, link, spoil, status, sentence):
    spoil(link)
    link.save()
    for answer in (holder.get(address(link)), holder.post(address(link), {"phone": "05"})):
        assert answer.status_code == status
        assert sentence in words_of(answer)
        assert "no-store" in answer["Cache-Control"] and "noindex" in answer["X-Robots-Tag"]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("token", ["x", "a~b", "%00", "é" * 40, "0" * 2000])
def test_a_broken_link_is_not_found(holder, token):
    assert holder.get(f"/proposer/{token}/").status_code == 404


def test_a_link_of_another_purpose_or_territory_opens_nothing(holder, link, actor, beta):
    other = make_link(
        purpose="invitation",
        territory=actor.territory,
        payload={"page": actor.pk},
        lasts=timedelta(days=1),
    )
    assert holder.get(address(other)).status_code == 404
    for host in (BETA, PORTAL):
        answer = Client(headers=host).get(address(link))
        assert answer.status_code == 404 and actor.title not in words_of(answer)
    # Signed for Alpha, and naming a page of Beta's.
    there = make_actor(beta, "Chez beta")
    strange = make_link(
        purpose=LINK_PURPOSE,
        territory=actor.territory,
        payload={"page": there.pk},
        lasts=timedelta(days=1),
    )
    answer = holder.get(address(strange))
    assert answer.status_code == 410 and "Chez beta" not in words_of(answer)


def test_a_sheet_that_left_the_site_is_offered_no_more(holder, link, actor):
    actor.unpublish()
    assert holder.get(address(link)).status_code == 410
    actor.save_revision().publish()
    assert holder.get(address(link)).status_code == 200
    switch_off(territory=actor.territory, plugin="resources_directory")
    assert holder.get(address(link)).status_code == 410


def test_the_thanks_show_on_a_territory_only():
    assert Client(headers=PORTAL).get("/proposer/envoye/").status_code in {400, 404}


def test_a_link_is_sent_for_the_record_that_a_translation_stands_for(ask, coordinator, actor):
    english = actor.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    ask(coordinator, "ask", english.pk, form={"email": "accueil@example.org", "message": ""})
    assert SignedLink.objects.get().payload == {"page": actor.pk}


def test_nobody_else_sends_a_link(ask, alpha, beta, actor, partner):
    for user in (make_member(beta), make_member(alpha, "editor"), partner):
        sent = ask(user, "ask", actor.pk, form={"email": "x@example.org", "message": ""})
        assert sent.status_code in {302, 403, 404}
    assert not SignedLink.objects.exists()


def test_no_link_is_sent_for_what_cannot_be_offered(ask, alpha, coordinator):
    page = make_content_page(alpha, "Une page de texte")
    assert ask(coordinator, "ask", page.pk).status_code == 404
    parent = make_actor(alpha, "Une maison").get_parent()
    draft = make_page(parent, ActorPage(title="À venir"), published=False)
    answer = ask(coordinator, "ask", draft.pk, form={"email": "x@example.org", "message": ""})
    assert answer.status_code == 302 and not SignedLink.objects.exists()
