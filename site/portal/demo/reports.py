"""What the demo's labelled events gave, as their organisers reported it; the figures are invented.

An event that is over and is not in the file has not been reported on yet.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from labelling.models import INDICATORS, Report
from labelling.models.reports import WORDS
from labelling.reports.filling import past_days
from labelling.reports.receiving import keep_report

if TYPE_CHECKING:
    from .territory import TerritoryLoader

HOUR = time(17, 40)


def load_reports(loader: TerritoryLoader) -> None:
    """Once: what somebody has changed since stays."""
    for fact in loader.content.reports:
        report = Report.objects.select_related("label__page", "territory").get(
            territory=loader.territory,
            label__page__slug=fact["event"],
            moment=fact["moment"],
            happened_on=None,
        )
        if report.received_at:
            continue
        days = past_days(report)
        sessions = {days[one["date"]]: figures_of(one) for one in fact.get("session", [])}
        held = report.label.checks.filter(criterion__kind="mandatory")
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
        day = min(report.due_on + timedelta(days=fact.get("late", 0)), loader.today)
        received = datetime.combine(day, HOUR, tzinfo=loader.territory.zone)
        same = Report.objects.filter(label=report.label, moment=report.moment)
        same.received().update(received_at=received, saved_at=received)


def figures_of(fact: dict[str, Any]) -> dict[str, int | None]:
    return {name: fact.get(name) for name in INDICATORS}
