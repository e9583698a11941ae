"""Proposals, and who speaks for an actor, leave with their territory and come back."""

import json

import pytest
from agenda_factories import make_event
from directory_factories import make_actor
from django.contrib.auth.models import User

from resources_directory.models import ActorMember
from territories.archive.parts import erase_parts, export_parts, restore_parts
from territories.models import Proposal, Term
from territories.proposals.deciding import refuse_proposal

pytestmark = pytest.mark.django_db
PROPOSALS, MEMBERS = "territories.proposals", "resources_directory.members"
KEPT = ("identity", "page", "territory", "note", "state", "reason", "applied", "created_at")


def rows() -> list:
    return list(Proposal.objects.order_by("pk").values_list(*KEPT, "changes", "decided_at"))


def test_they_leave_and_come_back_as_they_were_and_twice_changes_nothing(
    alpha, beta, actor, service, partner, coordinator, offer, make_partner
):
    publics = sorted(Term.objects.filter(kind="public")[:2].values_list("pk", flat=True))
    event = make_event(alpha, "Café", organiser=actor)
    offer(service, partner, publics=publics)
    offer(event, partner, place=actor.pk, summary="Venez.")
    refuse_proposal(proposal=offer(actor, phone="05 61 11 11 11"), reason="Non.",
                    decided_by=coordinator)  # fmt: skip
    elsewhere = make_actor(beta, "Chez beta")
    offer(elsewhere, make_partner(elsewhere, "lointain"), phone="05 61 22 22 22")
    before = [row for row in rows() if row[2] == alpha.pk]
    archive = json.loads(json.dumps(export_parts(alpha)))
    assert len(archive[PROPOSALS]) == 3
    assert archive[MEMBERS] == [{"actor": str(actor.translation_key), "email": partner.email}]
    # No number of a row: those of another installation are others.
    change = next(row for row in archive[PROPOSALS] if "place" in row["changes"])["changes"]
    assert change["place"]["after"] == str(actor.translation_key)

    erased = erase_parts(alpha)
    assert (erased[PROPOSALS], erased[MEMBERS]) == (3, 1)
    assert Proposal.objects.get().territory == beta
    assert ActorMember.objects.get().actor == elsewhere
    for _again in range(2):
        restore_parts(alpha, archive)
        assert [row for row in rows() if row[2] == alpha.pk] == before
    back = Proposal.objects.filter(territory=alpha).order_by("pk").first()
    assert back.user is None and back.email == partner.email
    assert ActorMember.objects.filter(actor=actor).get().user == partner


def test_an_archive_makes_nobody_a_partner(alpha, actor, partner):
    archive = export_parts(alpha)
    erase_parts(alpha)
    partner.groups.clear()
    User.objects.create_user("homonyme", partner.email)
    restore_parts(alpha, archive)
    assert not ActorMember.objects.exists()


def test_what_is_about_a_page_that_is_not_there_is_left_out(alpha, beta, actor, partner, offer):
    offer(actor, partner, phone="05 61 11 11 11")
    archive = export_parts(alpha)
    restore_parts(beta, {PROPOSALS: archive[PROPOSALS], MEMBERS: archive[MEMBERS]})
    assert Proposal.objects.count() == ActorMember.objects.count() == 1
