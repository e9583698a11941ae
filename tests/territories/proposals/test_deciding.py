"""A coordinator reads a proposal beside the page, and decides."""

import re
from datetime import timedelta

import pytest
from agenda_factories import make_event
from django.utils import timezone
from factories import make_member
from filling_forms import words_of
from wagtail.admin.models import EditingSession
from wagtail.models import Page, PageLogEntry

from agenda.models import EventPage
from resources_directory.codes import Fees, ReceptionMode
from resources_directory.models import ActorPage
from territories.models import OutgoingMail, Proposal, Term
from territories.plugins.switching import switch_off
from territories.proposals.comparing import Review
from territories.proposals.deciding import (
    DecisionRefused,
    apply_proposal,
    refuse_proposal,
)
from territories.proposals.models import State
from territories.proposals.values import values_of

pytestmark = pytest.mark.django_db


def now(page: Page) -> Page:
    return type(page).objects.get(pk=page.pk)


def draft_of(page: Page) -> Page:
    return now(page).get_latest_revision_as_object()


@pytest.fixture
def proposal(offer, actor, partner):
    return offer(
        actor, partner, phone="05 61 11 11 11", description="On vous accueille au premier étage."
    )


def test_the_difference_is_read_in_words(ask, coordinator, offer, service, partner):
    publics = Term.objects.filter(kind="public", code__in=["jeunes", "femmes"])
    proposal = offer(
        service,
        partner,
        description="On passe le code ensemble. Puis vous conduisez une heure.",
        fees="gratuit",
        publics=sorted(term.pk for term in publics),
        reception_modes=["en-presentiel"],
    )
    html = ask(coordinator, "review", proposal.pk).content.decode()
    assert re.search(r"vous conduisez.*<span class=\"addition\"> une heure", html)
    words = words_of(ask(coordinator, "review", proposal.pk))
    assert str(Fees.FREE.label) in words
    assert str(ReceptionMode("en-presentiel").label) in words
    for term in publics:
        assert str(term) in words


def test_the_dates_of_an_event_are_read_on_the_territorys_clock(
    ask, coordinator, offer, actor, partner
):
    event = make_event(actor.territory, "Café", organiser=actor)
    [line] = values_of(event, ["dates"])["dates"]
    moved = {**line, "start": "2030-12-03T08:30:00Z", "end": None, "repeat": "weekly"}
    proposal = offer(event, partner, dates=[moved])
    words = words_of(ask(coordinator, "review", proposal.pk))
    assert "mardi 3 décembre 2030, 09:30" in words and "chaque semaine" in words


def test_what_is_typed_shows_as_text(ask, coordinator, offer, actor, partner):
    proposal = offer(actor, partner, description="<script>alert(1)</script> <b>Gras</b>")
    html = ask(coordinator, "review", proposal.pk).content.decode()
    assert "<script>alert(1)" not in html and "&lt;script&gt;" in html


def test_applied_and_published_it_is_online_at_once(
    decide, coordinator, proposal, actor, partner, client
):
    answer = decide(coordinator, proposal, "publish", "Merci !", phone="take", description="take")
    assert answer.url == "/admin/proposals/"
    page, proposal = now(actor), Proposal.objects.get(pk=proposal.pk)
    assert page.phone == "05 61 11 11 11" and not page.has_unpublished_changes
    assert page.latest_revision.user == coordinator
    assert (proposal.state, proposal.decided_by) == (State.APPLIED, coordinator)
    assert sorted(proposal.applied) == ["description", "phone"]
    mail = OutgoingMail.objects.get()
    assert mail.to == partner.email and "est reprise" in mail.subject
    assert "C’est en ligne" in mail.text and "Merci !" in mail.text
    client.logout()
    shown = client.get(page.url, headers={"host": "alpha.localhost"}).content.decode()
    assert "05 61 11 11 11" in shown


def test_applied_to_the_draft_it_is_not_online(decide, coordinator, proposal, actor):
    decide(coordinator, proposal, phone="take", description="keep")
    assert now(actor).phone == actor.phone
    draft = draft_of(actor)
    assert (draft.phone, draft.description) == ("05 61 11 11 11", actor.description)
    assert Proposal.objects.get(pk=proposal.pk).applied == ["phone"]
    mail = OutgoingMail.objects.get()
    assert "Nous n’avons pas repris : Présentation." in mail.text


def test_the_history_of_the_page_says_who_and_what(
    client, decide, coordinator, proposal, actor, offer, partner
):
    decide(coordinator, proposal, phone="take", description="take")
    other = offer(actor, partner, website="https://maison.example.org/")
    decide(coordinator, other, "refuse", "Le site est fermé.")
    actions = list(
        PageLogEntry.objects.filter(page=actor.pk, action__startswith="proposals.")
        .order_by("pk")
        .values_list("action", "user__username")
    )
    assert actions == [
        ("proposals.offer", "alix"),
        ("proposals.apply", coordinator.username),
        ("proposals.offer", "alix"),
        ("proposals.refuse", coordinator.username),
    ]
    client.force_login(coordinator)
    address = f"/admin/pages/{actor.pk}/history/"
    words = words_of(client.get(address, headers={"host": "localhost"}))
    assert "Proposition de alix@example.org reprise :" in words and "Le site est fermé." in words


def test_an_open_draft_goes_on_and_is_not_published_with_it(
    ask, decide, coordinator, proposal, actor
):
    draft = now(actor)
    draft.website = "https://brouillon.example.org/"
    draft.save_revision(user=coordinator)
    read = ask(coordinator, "review", proposal.pk)
    assert "Un brouillon est ouvert sur cette fiche." in words_of(read)
    assert "Appliquer et publier" not in words_of(read)
    answer = decide(coordinator, proposal, "publish", phone="take", description="take")
    assert "Un brouillon attend déjà sur cette fiche" in words_of(answer)
    assert draft_of(actor).phone == actor.phone
    decide(coordinator, proposal, phone="take", description="take")
    assert now(actor).phone == actor.phone
    draft = draft_of(actor)
    assert draft.website == "https://brouillon.example.org/" and draft.phone == "05 61 11 11 11"


def test_a_draft_that_is_not_finished_takes_it_too(decide, coordinator, offer, actor, partner):
    event = make_event(actor.territory, "Café", organiser=actor)
    proposal = offer(event, partner, registration="Sur inscription.")
    draft = EventPage.objects.get(pk=event.pk)
    draft.summary, draft.latitude = "", 43.6
    draft.save_revision(clean=False)
    decide(coordinator, proposal, registration="take")
    draft = draft_of(event)
    assert (draft.summary, draft.registration) == ("", "Sur inscription.")


def test_what_no_longer_passes_the_checks_is_refused_and_named(
    decide, coordinator, offer, actor, partner
):
    event = make_event(actor.territory, "Café", organiser=actor)
    proposal = offer(event, partner, summary="a" * 201)
    answer = decide(coordinator, proposal, summary="take")
    assert "Résumé : Résumé : 200 caractères au plus" in words_of(answer)
    assert event.revisions.count() == 1 and Proposal.objects.get().is_waiting


def test_dates_taken_over_keep_their_rows_and_make_occurrences(
    decide, coordinator, offer, actor, partner
):
    event = make_event(actor.territory, "Café", organiser=actor)
    row, [line] = event.dates.get(), values_of(event, ["dates"])["dates"]
    start = (row.start + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    more = {**line, "key": "0b2f1b0e-6a44-4c8e-9d5a-1a2b3c4d5e6f", "start": start, "end": None}
    proposal = offer(event, partner, dates=[{**line, "end": None}, more])
    decide(coordinator, proposal, "publish", dates="take")
    dates = list(EventPage.objects.get(pk=event.pk).dates.order_by("sort_order"))
    assert [(date.pk == row.pk, date.key == row.key) for date in dates] == [
        (True, True),
        (False, False),
    ]
    assert EventPage.objects.get(pk=event.pk).occurrences.count() == 2


def test_a_conflict_demands_a_choice_and_keeping_loses_nothing(
    ask, decide, coordinator, proposal, actor
):
    fresh = now(actor)
    fresh.phone = "05 61 77 77 77"
    fresh.save_revision().publish()
    read = ask(coordinator, "review", proposal.pk)
    assert "Conflit : la fiche a changé depuis." in words_of(read)
    assert read.context["form"]["choice_phone"].value() is None
    assert read.context["form"]["choice_description"].value() == "take"
    answer = decide(coordinator, proposal, "publish", description="take")
    assert "Dites quelle valeur garder pour : Téléphone." in words_of(answer)
    # What was ticked stays ticked.
    assert answer.context["form"]["choice_description"].value() == "take"
    decide(coordinator, proposal, "publish", phone="keep", description="take")
    assert now(actor).phone == "05 61 77 77 77"
    assert now(actor).description == "On vous accueille au premier étage."


def test_what_the_page_says_already_is_no_conflict(ask, decide, coordinator, proposal, actor):
    fresh = now(actor)
    fresh.phone = "05 61 11 11 11"
    fresh.save_revision().publish()
    words = words_of(ask(coordinator, "review", proposal.pk))
    assert "Rien : la fiche le dit déjà." in words and "Conflit" not in words
    decide(coordinator, proposal, "publish", description="take")
    assert sorted(Proposal.objects.get().applied) == ["description", "phone"]


def test_opening_and_saving_a_text_in_the_editor_is_no_conflict(
    ask, coordinator, offer, actor, partner
):
    event = make_event(actor.territory, "Café", organiser=actor, body="<p>Un café.</p>")
    proposal = offer(event, partner, body="<p>Un thé.</p>")
    event.body = '<p data-block-key="abcde">Un café.</p>'
    event.save_revision().publish()
    assert "Conflit" not in words_of(ask(coordinator, "review", proposal.pk))


def test_what_moves_while_one_reads_is_said_and_nothing_is_written(
    ask, coordinator, proposal, actor
):
    seen = ask(coordinator, "review", proposal.pk).context["form"]["seen"].value()
    fresh = now(actor)
    fresh.phone = "05 61 77 77 77"
    fresh.save_revision()
    number = actor.revisions.count()
    sent = {
        "seen": seen,
        "action": "apply",
        "reason": "Merci !",
        "choice_phone": "take",
        "choice_description": "take",
    }
    answer = ask(coordinator, "review", proposal.pk, form=sent)
    assert "La fiche a changé pendant que vous lisiez." in words_of(answer)
    # The reason is kept, the choices were about something else.
    assert "Merci !" in answer.content.decode()
    assert answer.context["form"]["choice_phone"].value() is None
    assert actor.revisions.count() == number
    for crafted in ("", "-", "x"):
        answer = ask(coordinator, "review", proposal.pk, form={**sent, "seen": crafted})
        assert answer.status_code == 200 and actor.revisions.count() == number


def test_nothing_is_decided_twice(ask, decide, coordinator, proposal, actor):
    decide(coordinator, proposal, phone="take", description="take")
    number = actor.revisions.count()
    for decision in (
        lambda: apply_proposal(proposal=proposal, taken=["phone"], decided_by=coordinator),
        lambda: refuse_proposal(proposal=proposal, reason="Non.", decided_by=coordinator),
    ):
        with pytest.raises(DecisionRefused, match="a déjà reçu une réponse"):
            decision()
    sent = {"seen": "", "action": "refuse", "reason": "Non."}
    answer = ask(coordinator, "review", proposal.pk, form=sent)
    assert "a déjà reçu une réponse" in words_of(answer)
    assert actor.revisions.count() == number and OutgoingMail.objects.count() == 1


def test_a_refusal_needs_a_reason_which_is_mailed(decide, coordinator, proposal, actor, partner):
    assert "Dites pourquoi" in words_of(decide(coordinator, proposal, "refuse", "  "))
    decide(coordinator, proposal, "refuse", "Ce numéro sonne dans le vide.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == (State.REFUSED, "Ce numéro sonne dans le vide.")
    mail = OutgoingMail.objects.get()
    assert mail.to == partner.email and "n’est pas reprise" in mail.subject
    assert "Ce numéro sonne dans le vide." in mail.text
    assert now(actor).phone == actor.phone and actor.revisions.count() == 1


def test_nobody_is_written_to_who_left_no_address(decide, coordinator, proposal, partner):
    Proposal.objects.update(user=None, email="")
    assert "quelqu’un qui n’a plus de compte" in Proposal.objects.get().proposer
    decide(coordinator, Proposal.objects.get(), "refuse", "Trop tard.")
    assert not OutgoingMail.objects.exists()


def test_keeping_everything_is_a_refusal_and_wants_its_reason(decide, coordinator, proposal):
    answer = decide(coordinator, proposal, phone="keep", description="keep")
    assert "Choisissez au moins un changement à reprendre" in words_of(answer)
    assert Proposal.objects.get().is_waiting


@pytest.mark.parametrize("action", ["", "delete"])
def test_a_crafted_decision_changes_nothing(ask, coordinator, proposal, action):
    answer = ask(
        coordinator, "review", proposal.pk, form={"action": action, "choice_phone": "steal"}
    )
    assert answer.status_code == 200 and Proposal.objects.get().is_waiting


def test_a_locked_page_is_respected_and_says_so(ask, decide, coordinator, proposal, actor, alpha):
    other = make_member(alpha, username="autre")
    ActorPage.objects.filter(pk=actor.pk).update(
        locked=True, locked_by=other, locked_at=timezone.now()
    )
    read = ask(coordinator, "review", proposal.pk)
    assert "La fiche est verrouillée" in words_of(read)
    assert "Appliquer" not in words_of(read)
    answer = decide(coordinator, proposal, phone="take", description="take")
    assert "La fiche est verrouillée" in words_of(answer)
    assert actor.revisions.count() == 1
    # Whoever locked it goes on, as in the editor; and refusing writes nothing on it.
    decide(coordinator, proposal, "refuse", "Pas maintenant.")
    assert Proposal.objects.get().state == State.REFUSED
    Proposal.objects.update(state=State.WAITING)
    decide(other, proposal, phone="take", description="take")
    assert draft_of(actor).phone == "05 61 11 11 11"


def test_who_has_the_page_open_in_the_editor_is_named(ask, coordinator, proposal, actor, alpha):
    other = make_member(alpha, username="autre")
    for user in (coordinator, other):
        EditingSession.objects.create(
            user=user, content_object=now(actor), last_seen_at=timezone.now()
        )
    words = words_of(ask(coordinator, "review", proposal.pk))
    assert "autre a cette fiche ouverte" in words
    assert f"{coordinator.username} a cette fiche ouverte" not in words


def test_an_editor_reads_and_does_not_decide(ask, proposal, alpha, actor):
    editor = make_member(alpha, "editor")
    assert actor.title in words_of(ask(editor, "index"))
    words = words_of(ask(editor, "review", proposal.pk))
    assert "05 61 11 11 11" in words and "Appliquer" not in words and "Refuser" not in words
    for action in ("apply", "publish", "refuse"):
        sent = {"action": action, "choice_phone": "take", "reason": "Non."}
        assert ask(editor, "review", proposal.pk, form=sent).status_code in {302, 403}
    assert Proposal.objects.get().is_waiting


def test_the_coordinator_of_another_territory_reads_nothing(ask, proposal, beta, actor):
    stranger = make_member(beta)
    assert actor.title not in words_of(ask(stranger, "index"))
    for form in (None, {"action": "refuse", "reason": "Non."}):
        answer = ask(stranger, "review", proposal.pk, form=form)
        assert answer.status_code == 404 and actor.title not in words_of(answer)
    assert Proposal.objects.get().is_waiting


def test_the_list_shows_what_waits_unless_another_state_is_asked_for(
    ask, decide, coordinator, proposal, offer, service, partner
):
    decide(coordinator, proposal, "refuse", "Non merci.")
    offer(service, partner, fees_details="Deux euros.")
    assert service.title in words_of(ask(coordinator, "index"))

    def listed(query):
        from django.test import Client

        client = Client(headers={"host": "localhost"})
        client.force_login(coordinator)
        answer = client.get(f"/admin/proposals/results/?{query}")
        return answer.status_code, {found.page_id for found in answer.context["object_list"]}

    assert listed("") == (200, {service.pk})
    assert listed("state=refused") == (200, {proposal.page_id})
    assert listed("state=") == (200, {service.pk, proposal.page_id})
    assert listed("state=nonsense&p=x")[0] == 200


def test_a_closed_plugin_hides_what_waits_for_its_pages(ask, coordinator, proposal, actor, alpha):
    switch_off(territory=alpha, plugin="agenda")
    assert actor.title in words_of(ask(coordinator, "index"))
    switch_off(territory=alpha, plugin="resources_directory")
    assert actor.title not in words_of(ask(coordinator, "index"))
    assert ask(coordinator, "review", proposal.pk).status_code == 404


def test_a_field_that_is_offered_no_more_is_left_out(ask, coordinator, proposal, actor):
    proposal.changes["siret"] = {"before": "", "after": "13003013300016"}
    proposal.changes["gone"] = {"before": "", "after": "x"}
    proposal.save()
    assert set(Review(proposal, now(actor)).names) == {"phone", "description"}
    apply_proposal(proposal=proposal, taken=["phone", "siret", "gone"], decided_by=coordinator)
    assert draft_of(actor).siret == ""
