"""Which reports count: of each label the last word, never the same people twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from labelling.models import Label, Moment, Report

# The later one takes up what the first said.
LATEST_FIRST = (Moment.LATER, Moment.JUST_AFTER)


def settle(*, label: Label) -> None:
    """Mark the reports of a label that stand. Call it in the transaction of what was written, once
    the row of the label is locked, so that two who write at once are settled one after the other.
    """
    received = list(Report.objects.filter(label=label).received())
    standing = [report.pk for report in standing_among(received)]
    # First those that fall: never two at once, as the database holds too.
    Report.objects.filter(label=label, stands=True).exclude(pk__in=standing).update(stands=False)
    Report.objects.filter(pk__in=standing, stands=False).update(stands=True)


def standing_among(received: Iterable[Report]) -> list[Report]:
    """Of each day the latest; or the latest of the whole. Never both: a total beside its parts
    would count everybody twice. Where sessions are reported, the whole keeps the words alone.
    """
    by_moment: dict[str, list[Report]] = {moment: [] for moment in LATEST_FIRST}
    for report in received:
        by_moment[report.moment].append(report)
    days: dict[date, Report] = {}
    for moment in LATEST_FIRST:
        sessions = [report for report in by_moment[moment] if report.happened_on]
        wholes = [report for report in by_moment[moment] if not report.happened_on]
        for session in sessions:
            days.setdefault(session.happened_on, session)
        if not sessions and wholes and not days:
            return wholes
    return list(days.values())
