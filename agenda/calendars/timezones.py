"""The time zones that a calendar describes (RFC 5545, 3.6.5)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard


@lru_cache(maxsize=64)
def zone_component(zone: zoneinfo.ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of some years: the offset they begin with, and each change of the clocks."""
    component = Timezone()
    component.add("tzid", zone.key)
    first = datetime(first_year, 1, 1, tzinfo=UTC)
    component.add_component(observance(zone, first, first))
    for before, after in changes(zone, first, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        component.add_component(observance(zone, before, after))
    return component


def observance(
    zone: zoneinfo.ZoneInfo, before: datetime, after: datetime
) -> TimezoneStandard | TimezoneDaylight:
    """`before`: a moment just before the change, `after`: the moment of the change."""
    old, new = before.astimezone(zone), after.astimezone(zone)
    found = TimezoneDaylight() if new.dst() else TimezoneStandard()
    # RFC 5545 3.6.5: the onset is told on the clock that is about to be changed.
    found.add("dtstart", (after + old.utcoffset()).replace(tzinfo=None))
    found.add("tzoffsetfrom", old.utcoffset())
    found.add("tzoffsetto", new.utcoffset())
    found.add("tzname", new.tzname())
    return found


def changes(
    zone: zoneinfo.ZoneInfo, first: datetime, last: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The changes of the clocks in [first, last[, each as the minute before and the minute of."""
    day, step = first, timedelta(days=1)
    while day < last:
        if day.astimezone(zone).utcoffset() != (day + step).astimezone(zone).utcoffset():
            low, high = day, day + step
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield low, high
        day += step
