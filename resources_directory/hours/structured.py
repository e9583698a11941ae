"""Opening hours as schema.org says them: https://schema.org/OpeningHoursSpecification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from .closures import Days
from .days import Period, days_of
from .expression import DAY, OPEN, read_or_none
from .holidays import is_holiday
from .week import Week, timetable

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAYS = "PublicHolidays"
# schema.org counts to 23:59.
LAST_MINUTE = "23:59"


def specifications(text: str, today: date) -> list[Mapping[str, Any]]:
    """`openingHoursSpecification`: the hours of a usual week, when the door is open to all.

    What depends on an appointment or on the school is left out, rather than half said.
    """
    hours, found = read_or_none(text), timetable(text, today)
    if hours is None or found is None or hours.names_school:
        return []
    weeks = [one for week in found.weeks for one in _of_week(week)]
    if not weeks or not hours.names_holidays:
        return weeks
    next_one = next(day for day in (today + ahead * DAY for ahead in range(366)) if is_holiday(day))
    return weeks + [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": [HOLIDAYS], **_times(period)}
        for period in days_of(hours, next_one, 1)[0]
        if period.state == OPEN
    ]


def _of_week(week: Week) -> Iterable[Mapping[str, Any]]:
    """One a period, with all the days that have it."""
    days: dict[Period, list[str]] = {}
    for name, periods in zip(NAMES, week.days, strict=True):
        for period in periods:
            if period.state == OPEN:
                days.setdefault(period, []).append(name)
    validity = {"validFrom": week.first, "validThrough": week.last}
    for period, names in days.items():
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": names,
            **_times(period),
            **{name: day.isoformat() for name, day in validity.items() if day},
        }


def _times(period: Period) -> Mapping[str, str]:
    closes = LAST_MINUTE if period.end == time.min else f"{period.end:%H:%M}"
    return {"opens": f"{period.start:%H:%M}", "closes": closes}


def special(closures: Iterable[Days], today: date) -> list[Mapping[str, Any]]:
    """`specialOpeningHours` of what is closed and not over: same hour twice, as it asks."""
    return [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": closure.first_day.isoformat(),
            "validThrough": closure.last_day.isoformat(),
            "opens": "00:00",
            "closes": "00:00",
        }
        for closure in closures
        if closure.last_day >= today
    ]
