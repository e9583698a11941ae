"""The dates of an event as a calendar tells them: a first time, a rule, and what departs from it.

RFC 5545, 3.8.5. One master for each `EventDate`, so that moving a date or changing its rule changes
the same entry in every telephone. A filter or a period chooses events, never some dates of one:
whoever subscribes to « ce week-end » and learns of a weekly class is to see the whole of it, and
half a series could not be told by its rule.

A date that is cancelled, moved, full or has a note is an entry beside the master, with the moment
that the rule gave (RECURRENCE-ID, 3.8.4.4): a telephone that already shows it says what became of
it. Of what was cancelled and is long over only the gap is told (EXDATE, 3.8.5.1).
"""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from agenda.dates.occurrences import end_of
from agenda.dates.rules import instant, last_day, on_the_wall, repeat_text, rrule_text, walls
from agenda.models import DateChange, EventDate, EventPage, Occurrence, Status
from territories.territory import zone_of

from .full import say_sold_out
from .timezones import changes as changes_of_clocks

INSTANT = timedelta(microseconds=1)
# Occurrences are made fifteen months ahead; what is older than that is of no telephone's interest.
AROUND = timedelta(days=460)


@dataclass(frozen=True)
class Telling:
    """One entry to be. `start` and `end` are dates for whole days, `end` then the day after.

    `key` tells the entry among those of its event; overrides have their master's.
    """

    key: str
    start: date
    end: date | None
    status: str
    note: str = ""
    length: timedelta | None = None
    rule: str = ""
    days: Sequence[date] = ()
    left_out: Sequence[date] = ()
    instead_of: date | None = None


def with_entries(events: list[EventPage], now: datetime) -> list[EventPage]:
    """The events, each with the occurrences that stand `.apart`."""
    zones = {zone_of(event.territory) for event in events}
    prefetch_related_objects(events, Prefetch("occurrences", apart(zones, now), to_attr="apart"))
    say_sold_out(events, now)
    return events


def apart(zones: Iterable[zoneinfo.ZoneInfo], now: datetime) -> QuerySet:
    """The occurrences that no master tells: those that no rule gives, those changed, and those
    during which the clocks change, whose end a rule would tell an hour off."""
    changes = DateChange.objects.filter(event=OuterRef("event"), original=OuterRef("original"))
    found = Q(date_key="") | ~Q(status=F("event__status")) | Q(note__gt="") | Exists(changes)
    found |= ~Q(start=F("original"))
    for zone in zones:
        for _before, change in changes_of_clocks(zone, now - AROUND, now + AROUND):
            found |= Q(start__lt=change, end__gt=change, is_all_day=False)
    return Occurrence.objects.filter(found)


def tellings(
    event: EventPage, beside: Iterable[Occurrence], *, forgotten: datetime
) -> Iterator[Telling]:
    """The entries of an event. `beside`: its occurrences that stand `apart`; what was cancelled and
    over by `forgotten` is only left out."""
    zone = zone_of(event.territory)
    by_date = defaultdict(list)
    for one in beside:
        by_date[one.date_key].append(one)
    for one in by_date[""]:
        yield alone(one, one.key, zone)
    for typed in event.dates.all():
        changed = by_date[typed.key.hex]
        if typed.repeat:
            yield from in_series(event, typed, changed, zone, forgotten)
        elif changed:
            yield alone(changed[0], typed.key.hex, zone)
        elif typed.start:
            end = end_of(typed, on_the_wall(typed.start, zone), zone)
            yield Telling(
                typed.key.hex, *span(typed.start, end, zone, typed.is_all_day), event.status
            )


def alone(one: Occurrence, key: str, zone: zoneinfo.ZoneInfo) -> Telling:
    return Telling(key, *span(one.start, one.end, zone, one.is_all_day), one.status, one.note)


def in_series(
    event: EventPage,
    typed: EventDate,
    changed: Sequence[Occurrence],
    zone: zoneinfo.ZoneInfo,
    forgotten: datetime,
) -> Iterator[Telling]:
    """The master, then what stands instead of some of its dates."""
    first, *others = given(typed, zone, event.ends_by) or [None]
    if first is None:
        return
    start, end = span(instant(first, zone), end_of(typed, first, zone), zone, typed.is_all_day)
    length = None
    if not typed.is_all_day:
        # As the rule repeats it, even where the clocks jump over the hour of the first time.
        start = first.replace(tzinfo=zone)
        usual = typed.end and on_the_wall(typed.end, zone) - on_the_wall(typed.start, zone)
        if usual and end.astimezone(UTC) - start.astimezone(UTC) != usual:
            # The clocks change during the first time: the others last as long as usual.
            length, end = usual, None

    def rule_gave(one: Occurrence) -> date:
        day = one.original.astimezone(zone).date()
        return day if typed.is_all_day else datetime.combine(day, first.time(), zone)

    left_out = [
        one
        for one in changed
        if one.status == Status.CANCELLED != event.status and one.over_at <= forgotten
    ]
    yield Telling(
        typed.key.hex,
        start,
        end,
        event.status,
        length=length,
        rule=rrule_text(typed, zone, ends_by=event.ends_by),
        days=[day.date() if typed.is_all_day else day.replace(tzinfo=zone) for day in others],
        left_out=[rule_gave(one) for one in left_out],
    )
    for one in changed:
        if one not in left_out:
            yield replace(alone(one, typed.key.hex, zone), instead_of=rule_gave(one))


def given(typed: EventDate, zone: zoneinfo.ZoneInfo, ends_by: date | None) -> list[datetime]:
    """On the wall, the first time that a rule gives (it may come after the day that was typed: a
    calendar counts its first day as one, 3.8.5.3), or every day of a list."""
    if typed.start is None:
        return []
    rule = repeat_text(typed, zone)
    if not rule:
        return list(walls(typed, zone, typed.start))
    begin = on_the_wall(typed.start, zone)
    if typed.is_all_day:
        begin = datetime.combine(begin.date(), time.min)
    first = next(iter(rrulestr(rule, dtstart=begin)), None)
    last = last_day(typed, ends_by)
    return [first] if first and (last is None or first.date() <= last) else []


def span(
    start: datetime, end: datetime | None, zone: zoneinfo.ZoneInfo, is_all_day: bool
) -> tuple[date, date | None]:
    if not is_all_day:
        return told(start, zone), end and told(end, zone)
    after = (end - INSTANT).astimezone(zone).date() + timedelta(days=1) if end else None
    return start.astimezone(zone).date(), after


def told(moment: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """On the clock of the place; in UTC for the hour that comes twice, when it is the second."""
    wall = moment.astimezone(zone)
    return moment.astimezone(UTC) if wall.fold else wall
