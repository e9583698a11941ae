"""Several people change one sheet at once."""

import re

import pytest
from django.test import Client
from filling_forms import typed, words_of

from resources_directory.models import ActorPage
from territories.models import OutgoingMail, Proposal

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}


def link_in(message: OutgoingMail) -> str:
    """The path of the link in a message."""
    return re.search(r"http://alpha\.localhost(/proposer/\S+)", message.text)[1]


def test_two_partners_of_one_actor_and_a_link_holder_each_offer_a_change_while_the_coordinator_has_a_draft_open_nothing_is_overwritten_the_conflict_is_shown(  # noqa: E501
    actor, coordinator, make_partner, propose, ask, decide
):
    draft = ActorPage.objects.get(pk=actor.pk)
    draft.description, draft.phone = "Nous rouvrons en mars.", "05 61 99 99 99"
    drafted = draft.save_revision(user=coordinator)
    alix, sacha = make_partner(actor, "alix"), make_partner(actor, "sacha")

    # Each offers a change.
    of_alix = propose(alix, actor, phone="05 61 11 11 11")
    of_sacha = propose(sacha, actor, phone="05 61 22 22 22", website="https://maison.example.org/")
    ask(coordinator, "ask", actor.pk, form={"email": "accueil@example.org", "message": ""})
    holder = Client(headers=ALPHA)
    address = link_in(OutgoingMail.objects.get(to="accueil@example.org"))
    shown = holder.get(address)
    sent = typed(shown.context["form"]) | {"base": shown.context["offer"].base, "note": ""}
    assert holder.post(address, sent | {"opening_hours": "Mo-Fr 09:00-12:00"}).status_code == 302
    of_holder = Proposal.objects.get(email="accueil@example.org")

    # Nothing is overwritten.
    now = ActorPage.objects.get(pk=actor.pk)
    assert (now.phone, now.description) == (actor.phone, actor.description)
    assert now.latest_revision == drafted and actor.revisions.count() == 2
    assert Proposal.objects.waiting().count() == 3

    # The conflict is shown: with the draft, and with one another.
    listed = words_of(ask(coordinator, "index"))
    for who in ("alix", "sacha", "accueil@example.org"):
        assert who in listed
    read = ask(coordinator, "review", of_alix.pk)
    words = words_of(read)
    assert "Dans le brouillon 05 61 99 99 99" in words
    assert "Conflit : la fiche a changé depuis." in words
    assert "Conflit : sacha@example.org propose aussi « 05 61 22 22 22 »" in words
    assert "Des changements se croisent" in words
    assert read.context["form"]["choice_phone"].value() is None
    assert "Conflit" not in words_of(ask(coordinator, "review", of_holder.pk))

    # And nothing is decided without a choice.
    refused = decide(coordinator, of_alix)
    assert "Dites quelle valeur garder pour : Téléphone." in words_of(refused)
    assert actor.revisions.count() == 2

    # What is taken over goes into the open draft, which stays one.
    decide(coordinator, of_sacha, phone="keep", website="take")
    decide(coordinator, of_holder, opening_hours="take")
    decide(coordinator, of_alix, "refuse", reason="Le standard change en mars.")
    now = ActorPage.objects.get(pk=actor.pk)
    assert (now.phone, now.website, now.opening_hours) == (actor.phone, "", "")
    assert now.has_unpublished_changes
    draft = now.get_latest_revision_as_object()
    assert (draft.description, draft.phone) == ("Nous rouvrons en mars.", "05 61 99 99 99")
    assert draft.website == "https://maison.example.org/"
    assert draft.opening_hours == "Mo-Fr 09:00-12:00"
    assert not Proposal.objects.waiting().exists()
