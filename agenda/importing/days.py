"""From moments to as few dates as say the same."""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from agenda.dates.fields import MOST_DAYS
from agenda.dates.rules import instant, on_the_wall, starts
from agenda.models import EventDate
from territories.importing.records import BadRecord

from . import bounds
from .records import ReadDate

DAY = timedelta(days=1)
# Fewer days are a list: « tous les mardis » of two Tuesdays would be a strange sentence.
SERIES = 3
FAR = datetime(2200, 1, 1, tzinfo=UTC)


def as_event_date(read: ReadDate) -> EventDate:
    """Unsaved, without its event."""
    return EventDate(
        start=read.start,
        end=read.end,
        is_all_day=read.is_all_day,
        repeat=read.repeat,
        interval=read.interval,
        weekdays=list(read.weekdays),
        until=read.until,
        days=[day.isoformat() for day in read.days],
    )


def begins(read: ReadDate, zone: zoneinfo.ZoneInfo, horizon: datetime = FAR) -> list[datetime]:
    """When a date begins, in UTC, as our own rules have it."""
    return list(starts(as_event_date(read), zone, horizon))


def dates_of(
    spans: Iterable[tuple[datetime, datetime | None]],
    zone: zoneinfo.ZoneInfo,
    *,
    seed: str,
    is_all_day: bool = False,
) -> list[ReadDate]:
    """The dates that give these times, and no other: one for each kind of hours.

    `spans`: aware moments. Raises BadRecord when there are too many of them.
    """
    groups: dict[tuple[time, timedelta | None], set[date]] = defaultdict(set)
    apart = set()
    for start, end in spans:
        wall = on_the_wall(start, zone)
        if wall.fold:
            # The second time of an hour that comes twice, which no rule on the wall clock gives.
            apart.add((start, end))
            continue
        length = on_the_wall(end, zone) - wall if end else None
        groups[wall.time(), length].add(wall.date())
    number = sum(map(len, groups.values())) + len(apart)
    if number > bounds.DAYS:
        raise BadRecord(
            _("il compte %(number)s dates, et %(most)s au plus sont reprises.")
            % {"number": number, "most": bounds.DAYS}
        )
    if len(groups) > bounds.DATES:
        raise BadRecord(
            _("il a plus de %(number)s horaires différents.") % {"number": bounds.DATES}
        )
    found = []
    for (hour, length), days in sorted(groups.items(), key=lambda group: min(group[1])):
        for part in parts_of(sorted(days)):
            first = datetime.combine(part[0], hour)
            read = ReadDate(
                seed=f"{seed} {hour:%H%M%S} {length or ''} {len(found)}",
                start=instant(first, zone),
                end=instant(first + length, zone) if length else None,
                is_all_day=is_all_day,
            )
            found.append(repeated(read, part, zone))
    found += [
        ReadDate(seed=f"{seed} {start:%Y%m%d%H%M%S}", start=start, end=end)
        for start, end in sorted(apart, key=itemgetter(0))
    ]
    # One date alone is known by what its event is known by.
    return found if len(found) != 1 else [replace(found[0], seed=seed)]


def parts_of(days: Sequence[date]) -> list[Sequence[date]]:
    """Not more at a time than one of our dates may list."""
    return [days[begin : begin + MOST_DAYS] for begin in range(0, len(days), MOST_DAYS)]


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def repeated(read: ReadDate, days: Sequence[date], zone: zoneinfo.ZoneInfo) -> ReadDate:
    """The date on all these days, `read` being on the first: by a rule when one says just that."""
    if len(days) == 1:
        return read
    for rule in likely(days) if len(days) >= SERIES else ():
        tried = replace(read, until=days[-1], **rule)
        if [on_the_wall(start, zone).date() for start in begins(tried, zone)] == list(days):
            return tried
    return replace(read, repeat="list", days=tuple(days[1:]))


def likely(days: Sequence[date]) -> Iterator[dict[str, Any]]:
    """The rules that the first days make think of."""
    gap = (days[1] - days[0]).days
    if gap == 1:
        yield {"repeat": "daily"}
    weekdays = tuple(sorted({day.weekday() for day in days}))
    if len(weekdays) == 1 and gap % 7 == 0:
        yield {"repeat": "weekly", "interval": gap // 7, "weekdays": ()}
        yield {"repeat": "monthly_weekday"}
        yield {"repeat": "monthly_last_weekday"}
    elif len(weekdays) < 7 and len(days) >= 2 * len(weekdays):
        yield {"repeat": "weekly", "weekdays": weekdays}
    if len({day.day for day in days}) == 1:
        yield {"repeat": "monthly_day"}
