"""Run by test_at_once.py in a process of its own, on a database of its own.

Threads decide on one proposal, apply several to one page, and offer for one person, all at the same
moment; prints what became of it as JSON. TEST_POSTGRES_HOST names a server to use, else SQLite.
"""

import json
import os
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.development"
os.environ["CITES_DEBUG"] = "1"

FIELDS = {
    "phone": "05 61 11 11 11",
    "email": "accueil@example.org",
    "website": "https://maison.example.org/",
    "address": "3 place Abbal",
    "postcode": "31100",
    "opening_hours": "Mo-Fr 09:00-12:00",
}


def together(*works) -> list[str]:
    """Do all at once; gives how each ended: "done", or the name of what was raised."""
    from django.db import connection

    ends, start = [], threading.Barrier(len(works))

    def do(work) -> None:
        try:
            start.wait()
            work()
            ends.append("done")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def main() -> None:
    from portal.settings import development

    if host := os.environ.get("TEST_POSTGRES_HOST"):
        development.DATABASES = {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "postgres",
                "USER": "cites",
                "HOST": host,
                "TEST": {"NAME": "test_decided_together"},
            }
        }
    import django

    django.setup()

    from django.db import connection

    if host:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    seen = look(connection.vendor)
    if host:
        connection.creation.destroy_test_db("postgres", verbosity=0)
    print(json.dumps(seen))


def look(vendor: str) -> dict:
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
        "vendor": vendor,
        "offered": offered,
        "decided": one,
        "revisions": revisions,
        "mails": mails,
        "applied": all_of_them,
        "draft": {name: getattr(draft, name) for name in FIELDS},
        "more revisions": actor.revisions.count() - revisions,
    }


if __name__ == "__main__":
    main()
