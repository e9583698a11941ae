"""From the dates a coordinator typed to the occurrences that lists, feeds and figures read."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db import transaction
from django.utils import timezone

from territories.territory import zone_of

if TYPE_CHECKING:
    from agenda.models import EventDate, EventPage

# A date that repeats without end is known this far ahead; a daily job moves the horizon on.
HORIZON = timedelta(days=456)
# No weekday stands a fifth time in every month: a fifth Thursday means the last one.
LAST = 5


class Moment(NamedTuple):
    """One occurrence to be. All moments are aware; `end` is None when nobody said it."""

    key: str
    start: datetime
    end: datetime | None
    over_at: datetime
    series: str
    until: date | None


class Rebuilt(NamedTuple):
    made: int
    changed: int
    deleted: int


def nth_in_month(day: datetime) -> int:
    """1 for the first Thursday of a month, to 4; the last one, where there is a fifth, is -1."""
    nth = (day.day - 1) // 7 + 1
    return -1 if nth == LAST else nth


def moments(typed: EventDate, zone: zoneinfo.ZoneInfo, horizon: datetime) -> Iterator[Moment]:
    """When one date takes place, in order.

    It repeats on the wall clock: 9:30 stays 9:30 when the clocks change. A date that does not
    repeat is given however far it is.
    """
    if typed.start is None:
        return
    first = on_the_wall(typed.start, zone)
    length = on_the_wall(typed.end, zone) - first if typed.end else None
    series = series_of(typed, first)
    for start in starts(typed, first, on_the_wall(horizon, zone)):
        # The day tells occurrences of one date apart, so that a changed hour changes no key.
        key = f"{typed.key.hex}-{start:%Y%m%d}" if series else typed.key.hex
        day_after = datetime.combine(start.date() + timedelta(days=1), time.min)
        end = start + length if length is not None else None
        yield Moment(
            key,
            start.replace(tzinfo=zone),
            end.replace(tzinfo=zone) if end else None,
            (end or day_after).replace(tzinfo=zone),
            series,
            typed.until if series else None,
        )


def on_the_wall(moment: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def series_of(typed: EventDate, first: datetime) -> str:
    """How a date repeats: "weekly", "monthly_2", "monthly_-1" for the last such weekday."""
    if typed.repeat == "monthly_weekday":
        return f"monthly_{nth_in_month(first)}"
    return typed.repeat


def starts(typed: EventDate, first: datetime, horizon: datetime) -> Iterator[datetime]:
    if not typed.repeat:
        yield first
        return
    last = horizon
    if typed.until:
        last = min(last, datetime.combine(typed.until, time.max))
    if typed.repeat == "weekly":
        yield from rrule(WEEKLY, dtstart=first, until=last)
    else:
        same = weekday(first.weekday(), nth_in_month(first))
        yield from rrule(MONTHLY, dtstart=first, until=last, byweekday=same)


@transaction.atomic
def rebuild_occurrences(*, event: EventPage, now: datetime | None = None) -> Rebuilt:
    """Bring an event's occurrences in line with its dates. Safe to run twice.

    What stays keeps its row. What is over keeps the status it had on the day.
    """
    from agenda.models import Occurrence

    now = now or timezone.now()
    zone = zone_of(event.territory)
    wanted = {
        moment.key: moment
        for typed in event.dates.all()
        for moment in moments(typed, zone, now + HORIZON)
    }
    changed, gone = [], []
    for occurrence in Occurrence.objects.filter(event=event.pk):
        moment = wanted.pop(occurrence.key, None)
        if moment is None:
            gone.append(occurrence.pk)
            continue
        is_over = occurrence.over_at <= now and moment.over_at <= now
        facts = moment._asdict() | {"status": occurrence.status if is_over else event.status}
        if any(getattr(occurrence, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(occurrence, name, value)
            changed.append(occurrence)
    made = [
        Occurrence(event_id=event.pk, status=event.status, **moment._asdict())
        for moment in wanted.values()
    ]
    Occurrence.objects.filter(pk__in=gone).delete()
    Occurrence.objects.bulk_update(
        changed, ["start", "end", "over_at", "status", "series", "until"]
    )
    Occurrence.objects.bulk_create(made)
    return Rebuilt(len(made), len(changed), len(gone))


def extend_horizon() -> None:
    """Give the dates that repeat the occurrences which have come within sight."""
    from agenda.models import EventPage

    repeating = EventPage.objects.live().records().exclude(dates__repeat="").distinct()
    for event in repeating.select_related("territory").iterator():
        rebuild_occurrences(event=event)
