"""Run by test_at_once.py in a process of its own, on a database of its own.

Threads send both reports of one label at the same moment, in all and session by session; prints
what stands afterwards: see `together`.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]

from together import tell, together  # noqa: E402

ROUNDS = 3


def fill() -> None:
    from datetime import timedelta

    from agenda_factories import make_event
    from django.utils import timezone
    from factories import make_territory

    from agenda.models import EventDate
    from labelling.labels.granting import grant_label
    from labelling.models import CriteriaGrid

    alpha = make_territory("alpha", plugins=["labelling"])
    start = timezone.now() - timedelta(days=40)
    event = make_event(alpha, dates=[EventDate(start=start, end=start + timedelta(hours=2))])
    grid = CriteriaGrid.objects.current()
    on = timezone.localdate() - timedelta(days=60)
    grant_label(page=event, grid=grid, criteria=grid.criteria.all(), granted_on=on)


def look() -> dict:
    from datetime import date

    from labelling.models import Report
    from labelling.reports.receiving import keep_report

    first = Report.objects.get(moment="just_after", happened_on=None)
    later = Report.objects.get(moment="later", happened_on=None)
    one, two = date(2026, 3, 3), date(2026, 3, 10)

    def send(report, **said):
        return lambda: keep_report(report=Report.objects.get(pk=report.pk), **said)

    seen: dict = {"ended": [], "stands": []}
    for number in range(ROUNDS):
        seen["ended"] += together(
            send(first, figures={"reached": number}),
            send(first, sessions={one: {"reached": 1}, two: {"reached": 2}}),
            send(later, figures={"reached": number}),
            send(later, figures={"reached": number + 1}),
        )
        standing = Report.objects.standing().values_list("moment", "happened_on")
        seen["stands"].append([[moment, day and day.isoformat()] for moment, day in standing])
    seen["rows"] = Report.objects.filter(happened_on=None).count()
    return seen


if __name__ == "__main__":
    tell(look, database="test_reports_together", fill=fill)
