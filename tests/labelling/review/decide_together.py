"""Run by test_at_once.py in a process of its own, on a database of its own.

Two coordinators decide on the same application at the same moment: see `together`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]

from together import tell, together  # noqa: E402

WORDS = "C’est décidé."


def fill() -> None:
    """Four applications, two people who decide alone."""
    from agenda_factories import make_event
    from factories import make_member, make_territory
    from labelling_factories import make_application, set_rules

    alpha = make_territory("alpha", plugins=["labelling"])
    set_rules(alpha, quorum=0)
    for name in ("one", "other"):
        make_member(alpha, username=name)
    for rank in range(4):
        make_application(alpha, make_event(alpha, f"Atelier {rank}"), state="submitted")


def look() -> dict:
    from django.contrib.auth.models import User

    from labelling.models import Application, ApplicationStep, Label
    from labelling.review.deciding import grant, refuse, return_with_questions

    one, other = (User.objects.get(username=name) for name in ("one", "other"))
    pks = list(Application.objects.order_by("pk").values_list("pk", flat=True))

    def read(rank: int) -> Application:
        return Application.objects.select_related("territory__site", "grid").get(pk=pks[rank])

    def grants(rank: int, user: User):
        application = read(rank)
        accepted = list(application.grid.criteria.all())
        return lambda: grant(application=application, user=user, accepted=accepted, reasons=WORDS)

    def refuses(rank: int, user: User):
        application = read(rank)
        return lambda: refuse(application=application, user=user, reasons=WORDS)

    def returns(rank: int, user: User):
        application = read(rank)
        return lambda: return_with_questions(application=application, user=user, words=WORDS)

    seen: dict = {
        "granted twice": together(grants(0, one), grants(0, other)),
        "granted and refused": together(grants(1, one), refuses(1, other)),
        "refused and returned": together(refuses(2, one), returns(2, other)),
        "granted and returned": together(grants(3, one), returns(3, other)),
    }
    seen["decisions"] = ApplicationStep.objects.exclude(name="send").count()
    seen["labels"] = Label.objects.count()
    seen["granted"] = Application.objects.filter(state="granted").count()
    seen["accepted"] = Application.objects.filter(
        answers__is_accepted=True, state="returned"
    ).count()
    return seen


if __name__ == "__main__":
    tell(look, database="test_decide_together", fill=fill)
