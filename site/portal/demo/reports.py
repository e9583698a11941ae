"""What the demo's labelled events gave, as their organisers reported it; the figures are invented.

An event that is over and is not in the file has not been reported on yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from labelling.models import INDICATORS, Report
from labelling.models.reports import WORDS
from labelling.reports.expecting import due_on
from labelling.reports.filling import past_days
from labelling.reports.receiving import keep_report, sessions_of

if TYPE_CHECKING:
    from .territory import TerritoryLoader

HOUR = time(17, 40)


def load_reports(loader: TerritoryLoader) -> None:
    """Once: what somebody has changed since stays. The days follow those of the event."""
    for fact in loader.content.reports:
        report = Report.objects.select_related("label__page", "territory").get(
            territory=loader.territory,
            label__page__slug=fact["event"],
            moment=fact["moment"],
            happened_on=None,
        )
        days = past_days(report)
        if report.received_at:
            follow(loader, report, fact, days)
            continue
        sessions = {days[one["date"]]: figures_of(one) for one in fact.get("session", [])}
        # `held`: numbers of the mandatory criteria, where not all of them were.
        held = report.label.checks.filter(criterion__kind="mandatory")
        if "held" in fact:
            held = held.filter(criterion__number__in=fact["held"])
        keep_report(
            report=report,
            figures=None if sessions else figures_of(fact),
            sessions=sessions or None,
            words={
                **{name: fact[name] for name in (*WORDS, "signed") if name in fact},
                "criteria_held": list(held.values_list("criterion", flat=True)),
            },
            confirmed=fact.get("confirmed", []),
        )
        put_received(loader, report, fact)


def follow(
    loader: TerritoryLoader, report: Report, fact: dict[str, Any], days: Sequence[date]
) -> None:
    """One that somebody has filled in since keeps its days."""
    if report.user_id:
        return
    sessions = sessions_of(report)
    ranks = [one["date"] for one in fact.get("session", [])]
    if len(ranks) == len(sessions) and all(-len(days) <= rank < len(days) for rank in ranks):
        moved = list(zip(sessions, sorted(days[rank] for rank in ranks), strict=True))
        # Those ahead first, for no two are on one day.
        if any(day > row.happened_on for row, day in moved):
            moved.reverse()
        for row, day in moved:
            Report.objects.filter(pk=row.pk).update(happened_on=day)
    due = due_on(report.label, report.moment)
    Report.objects.filter(label=report.label, moment=report.moment).update(due_on=due)
    report.due_on = due
    put_received(loader, report, fact)


def put_received(loader: TerritoryLoader, report: Report, fact: dict[str, Any]) -> None:
    day = min(report.due_on + timedelta(days=fact.get("late", 0)), loader.today)
    received = datetime.combine(day, HOUR, tzinfo=loader.territory.zone)
    same = Report.objects.filter(label=report.label, moment=report.moment)
    same.received().update(received_at=received, saved_at=received)


def figures_of(fact: dict[str, Any]) -> dict[str, int | None]:
    return {name: fact.get(name) for name in INDICATORS}
