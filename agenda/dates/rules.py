"""A date's rule, in the notation of RFC 5545, and the moments it gives on the wall clock.

The notation is the rule: what calendars get is what the occurrences are made from. As the RFC says,
the 31st of each month skips the months that have none, and 29 February comes every fourth year.
"""

from __future__ import annotations

import zoneinfo
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dateutil.rrule import rrulestr

if TYPE_CHECKING:
    from agenda.models import EventDate

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# No weekday stands a fifth time in every month: a fifth Thursday means the last one.
LAST = 5
# More moments than any series has on the day it is typed; of one that has run for years, the
# oldest are left behind.
MOST = 2000


def rrule_text(typed: EventDate, zone: zoneinfo.ZoneInfo, *, ends_by: date | None = None) -> str:
    """« FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270617T215959Z »; "" for no rule, or a list.

    `ends_by`: the last day of the action that the date belongs to.
    """
    rule = repeat_text(typed, zone)
    last = last_day(typed, ends_by)
    if not rule or last is None:
        return rule
    if typed.is_all_day:
        return f"{rule};UNTIL={last:%Y%m%d}"
    # RFC 5545 3.3.10: where the start has a time zone, the end is told in UTC.
    until = instant(datetime.combine(last, time(23, 59, 59)), zone)
    return f"{rule};UNTIL={until:%Y%m%dT%H%M%SZ}"


def repeat_text(typed: EventDate, zone: zoneinfo.ZoneInfo) -> str:
    """How it repeats, without its end."""
    if typed.start is None or typed.repeat in {"", "list"}:
        return ""
    first = on_the_wall(typed.start, zone)
    day = DAYS[first.weekday()]
    parts = {
        "daily": ["FREQ=DAILY"],
        "weekly": ["FREQ=WEEKLY", f"BYDAY={weekdays_text(typed) or day}"],
        "monthly_weekday": ["FREQ=MONTHLY", f"BYDAY={nth_in_month(first):+d}{day}"],
        "monthly_last_weekday": ["FREQ=MONTHLY", f"BYDAY=-1{day}"],
        "monthly_day": ["FREQ=MONTHLY", f"BYMONTHDAY={first.day}"],
        "yearly": ["FREQ=YEARLY", f"BYMONTH={first.month}", f"BYMONTHDAY={first.day}"],
    }[typed.repeat]
    if (typed.interval or 1) > 1:
        parts.insert(1, f"INTERVAL={typed.interval}")
    return ";".join(parts)


def weekdays_text(typed: EventDate) -> str:
    return ",".join(DAYS[number] for number in sorted(set(typed.weekdays)))


def nth_in_month(day: datetime) -> int:
    """1 for the first Thursday of a month, to 4; the last one, where there is a fifth, is -1."""
    nth = (day.day - 1) // 7 + 1
    return -1 if nth == LAST else nth


def last_day(typed: EventDate, ends_by: date | None) -> date | None:
    """The last possible day of what repeats; None when it goes on without end."""
    return min((day for day in (typed.until, ends_by) if day), default=None)


def starts(
    typed: EventDate, zone: zoneinfo.ZoneInfo, horizon: datetime, *, ends_by: date | None = None
) -> Iterator[datetime]:
    """When it begins, in order, as aware moments in UTC.

    What does not repeat is given however far it is.
    """
    for wall in walls(typed, zone, horizon, ends_by=ends_by):
        yield instant(wall, zone)


def walls(
    typed: EventDate, zone: zoneinfo.ZoneInfo, horizon: datetime, *, ends_by: date | None = None
) -> Iterator[datetime]:
    """As `starts`, on the wall clock: 9:30 stays 9:30 when the clocks change."""
    if typed.start is None:
        return
    first = on_the_wall(typed.start, zone)
    if typed.is_all_day:
        first = datetime.combine(first.date(), time.min)
    if typed.repeat == "list":
        days = {first.date(), *map(date.fromisoformat, typed.days)}
        yield from (datetime.combine(day, first.time()) for day in sorted(days))
    elif not typed.repeat:
        yield first
    else:
        last = on_the_wall(horizon, zone)
        if (day := last_day(typed, ends_by)) is not None:
            last = min(last, datetime.combine(day, time.max))
        rule = rrulestr(repeat_text(typed, zone), dtstart=first).replace(until=last)
        yield from deque(rule, maxlen=MOST)


def on_the_wall(moment: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def instant(wall: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """The moment that a wall clock tells, in UTC.

    As RFC 5545 3.3.5 has it: an hour that comes twice is its first time, one that the clocks jump
    over is read with the offset from before the jump.
    """
    return wall.replace(tzinfo=zone).astimezone(UTC)


def midnight_after(day: date, zone: zoneinfo.ZoneInfo) -> datetime:
    return instant(datetime.combine(day + timedelta(days=1), time.min), zone)
