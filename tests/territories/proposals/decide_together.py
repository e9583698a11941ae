"""Run by test_at_once.py in a process of its own, on a database of its own.

Threads decide on one proposal, apply several to one page, and offer for one person, all at the same
moment; prints what became of it: see `together`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]

from together import tell, together  # noqa: E402

FIELDS = {
    "phone": "05 61 11 11 11",
    "email": "accueil@example.org",
    "website": "https://maison.example.org/",
    "address": "3 place Abbal",
    "postcode": "31100",
    "opening_hours": "Mo-Fr 09:00-12:00",
}


def look() -> dict:
    from directory_factories import make_actor
    from factories import make_member, make_territory

    from resources_directory.members import add_partner
    from resources_directory.models import ActorPage
    from territories.models import OutgoingMail, Proposal
    from territories.proposals.deciding import apply_proposal, refuse_proposal
    from territories.proposals.offering import offer_change
    from territories.proposals.values import values_of

    alpha = make_territory("alpha", plugins=["agenda"])
    actor = make_actor(alpha)
    people = [make_member(alpha, username=f"coordination-{number}") for number in range(6)]
    partner = make_member(alpha, "partner", "alix")
    partner.email = "alix@example.org"
    partner.save()
    add_partner(actor=actor, user=partner)

    def offer(user=None, **after):
        page = ActorPage.objects.get(pk=actor.pk)
        before = values_of(page, after)
        return offer_change(
            page=page,
            differences={name: {"before": before[name], "after": after[name]} for name in after},
            user=user,
        )

    def apply(proposal, user):
        return lambda: apply_proposal(
            proposal=proposal, taken=list(proposal.changes), decided_by=user
        )

    def refuse(proposal, user):
        return lambda: refuse_proposal(proposal=proposal, reason="Non.", decided_by=user)

    offered = together(*[lambda: offer(partner, title="Maison") for _again in range(4)])
    waiting = Proposal.objects.waiting().get()
    one = together(
        *[apply(waiting, user) for user in people[:3]],
        *[refuse(waiting, user) for user in people[3:]],
    )
    revisions, mails = actor.revisions.count(), OutgoingMail.objects.count()
    several = [offer(**{name: value}) for name, value in FIELDS.items()]
    all_of_them = together(
        *[apply(proposal, user) for proposal, user in zip(several, people, strict=True)]
    )
    draft = ActorPage.objects.get(pk=actor.pk).get_latest_revision_as_object()
    return {
        "offered": offered,
        "decided": one,
        "revisions": revisions,
        "mails": mails,
        "applied": all_of_them,
        "draft": {name: getattr(draft, name) for name in FIELDS},
        "more revisions": actor.revisions.count() - revisions,
    }


if __name__ == "__main__":
    tell(look, database="test_decided_together")
