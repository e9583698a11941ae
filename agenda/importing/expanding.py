"""Every time that a series takes place, worked out by recurring-ical-events.

It is handed what was checked, never what stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from agenda.dates.rules import instant
from territories.importing.records import BadRecord

from . import bounds
from .clocks import Clock
from .days import DAY, utc
from .rules import starts_of
from .spans import Span, moment_of, span_of, value_of

if TYPE_CHECKING:
    from .series import Written

# What was moved may come later than all that the rule gives.
LATER = timedelta(days=366)


def expanded(
    written: Written, clock: Clock, today: date
) -> Iterator[tuple[datetime, datetime | None]]:
    """Aware starts and ends, in the terms of `days.dates_of`. Raises BadRecord for too many."""
    span = written.span
    starts = {utc(span.start), *written.added}
    for rule in written.rules:
        starts.update(starts_of(rule, span.start, today))
    first = min(starts)
    if len(starts) > bounds.DAYS:
        # What has been going on for years is read from last year on.
        first = instant(datetime.combine(bounds.first_day(today), time.min), clock.zone)
        starts = {start for start in starts if start >= first}
    if len(starts) > bounds.DAYS + len(written.removed):
        raise BadRecord(
            _("il compte %(number)s dates, et %(most)s au plus sont reprises.")
            % {"number": len(starts), "most": bounds.DAYS}
        )
    if not starts:
        return
    found = recurring_ical_events.of(calendar_of(written, clock)).between(
        first - DAY, max(starts) + LATER
    )
    last = max(starts)
    for one in found:
        start, end = one["DTSTART"].dt, one["DTEND"].dt if "DTEND" in one else None
        if span.is_all_day:
            final = end - DAY if end is not None and end - start > DAY else start
            start, end = clock.start_of(start), clock.start_of(final)
        else:
            end = written.added.get(utc(start)) or (end if end and end > start else None)
        if first <= utc(start) and (written.is_split or utc(start) <= last):
            # In UTC, where an hour that the clocks jump over is the one it is read as.
            yield utc(start), utc(end) if end else None


def calendar_of(written: Written, clock: Clock) -> Calendar:
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-")
    calendar.add("version", "2.0")
    put(event, written.span)
    for rule in written.rules:
        event.add("rrule", rule.parts)
    for name, moments in (("rdate", written.added), ("exdate", written.removed)):
        if moments:
            event.add(name, [written.span.as_written(moment) for moment in moments])
    calendar.add_component(event)
    # Without « this one and all that follow », changes of single dates are ours to keep.
    for override in written.overrides if written.is_split else ():
        changed, original = Event(), value_of(override, "RECURRENCE-ID")
        put(changed, span_of(override, clock))
        moment, _is_day = moment_of(original, clock)
        changed.add("recurrence-id", written.span.as_written(moment))
        if original.params.get("RANGE"):
            changed["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        calendar.add_component(changed)
    return calendar


def put(event: Event, span: Span) -> None:
    event.add("uid", "one")
    event.add("dtstart", span.as_written(span.start))
    if span.end is not None:
        event.add("dtend", span.as_written(span.end))
