"""A partner of the demo, and what it offers: one sheet to read beside the proposal."""

from __future__ import annotations

from django.contrib.auth.models import User

from resources_directory.members import add_partner
from resources_directory.models import ActorPage
from territories.models import Proposal
from territories.proposals.offering import offer_change
from territories.proposals.values import values_of

PARTNER = "partenaire-grand-mirail"
TERRITORY, ACTOR = "grand-mirail", "centre-social-bellefontaine"
NOTE = "À partir de janvier, nous ouvrons aussi le samedi matin, halte-garderie comprise."
OFFERED = {
    "description": (
        "Un lieu ouvert à toutes les familles. Vous y trouvez des cours de français, un café des "
        "parents et une écrivaine publique. La halte-garderie accueille les petits le samedi "
        "aussi. Les habitants participent aux décisions : la prochaine assemblée vous attend. "
        "Le centre a reçu le label Cité de l’emploi en tant que lieu."
    ),
    "opening_hours": "Mo-Fr 09:00-12:00,14:00-18:30; Sa 09:30-12:00; PH off",
}


def make_partner() -> None:
    """Give the partner its actor and one proposal that waits; safe to run twice.

    Nothing is offered again once somebody has decided, nor where the territory was not loaded.
    """
    user = User.objects.filter(username=PARTNER).first()
    actor = ActorPage.objects.records().filter(territory__slug=TERRITORY, slug=ACTOR).first()
    if user is None or actor is None:
        return
    add_partner(actor=actor, user=user)
    if Proposal.objects.filter(user=user).exists():
        return
    before = values_of(actor, OFFERED)
    offer_change(
        page=actor,
        differences={
            name: {"before": before[name], "after": after} for name, after in OFFERED.items()
        },
        note=NOTE,
        user=user,
    )
