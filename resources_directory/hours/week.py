"""What a usual week looks like, and the days that are not like it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from .days import Periods, days_of, same_each_week
from .expression import DAY, Hours, read_or_none

# How far people look.
NEXT_WEEKS = 28
BEHIND = 7
# A fortnight after the next weeks, so that a season which begins late in them is one.
SEASON = NEXT_WEEKS + 14
# Weeks of which most are alike are usual.
LONG = 63
MOST = 0.6


@dataclass(frozen=True)
class Week:
    """Monday first. `first`, `last`: when it begins or ends to hold, None when that is far."""

    days: tuple[Periods, ...]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Timetable:
    """`weeks`: one, two around the beginning of a season, none when no week is like the other.
    `other_days`: what differs from them in the next four weeks; holidays are left aside."""

    weeks: tuple[Week, ...] = ()
    other_days: dict[date, Periods] = field(default_factory=dict)

    def usual(self, day: date) -> Periods:
        for week in self.weeks:
            if (not week.first or week.first <= day) and (not week.last or day <= week.last):
                return week.days[day.weekday()]
        return ()


@lru_cache(1024)
def timetable(text: str, today: date) -> Timetable | None:
    """None: it cannot be read, or some hour of it cannot be known: shown as it was written."""
    hours = read_or_none(text)
    if hours is None or hours.is_vague:
        return None
    if not hours.is_dated:
        days = days_of(hours, today, 7, holidays=False)
        return Timetable((_week(dict(_dated(today, days))),))
    return _of_dates(hours, today)


def _of_dates(hours: Hours, today: date) -> Timetable:
    first = today - BEHIND * DAY
    days = list(_dated(first, days_of(hours, first, BEHIND + LONG, holidays=False)))
    coming = days[BEHIND : BEHIND + NEXT_WEEKS]
    if same_each_week(coming):
        return Timetable((_week(dict(coming)),))
    return _around_a_season(days) or _with_other_days(days, coming) or Timetable((), _open(coming))


def _around_a_season(days: list[tuple[date, Periods]]) -> Timetable | None:
    until = BEHIND + SEASON
    for at in range(BEHIND + 1, BEHIND + NEXT_WEEKS):
        before, after = same_each_week(days[:at]), same_each_week(days[at:until])
        if before and after and before != after:
            day, periods = days[at]
            if before[day.weekday()] != periods:
                return Timetable(
                    (
                        _week(dict(days[:at]), last=day - DAY),
                        _week(dict(days[at:until]), first=day),
                    )
                )
    return None


def _with_other_days(
    days: list[tuple[date, Periods]], coming: list[tuple[date, Periods]]
) -> Timetable | None:
    usual = {}
    for weekday in range(7):
        seen = [periods for day, periods in days if day.weekday() == weekday]
        periods, times = Counter(seen).most_common(1)[0]
        if times < MOST * len(seen):
            return None
        usual[weekday] = periods
    week = Week(tuple(usual[weekday] for weekday in range(7)))
    return Timetable(
        (week,), {day: periods for day, periods in coming if periods != usual[day.weekday()]}
    )


def _week(days: dict[date, Periods], first: date | None = None, last: date | None = None) -> Week:
    by_weekday = {day.weekday(): periods for day, periods in days.items()}
    return Week(tuple(by_weekday[weekday] for weekday in range(7)), first, last)


def _dated(first: date, days: list[Periods]) -> list[tuple[date, Periods]]:
    return [(first + timedelta(ahead), periods) for ahead, periods in enumerate(days)]


def _open(days: list[tuple[date, Periods]]) -> dict[date, Periods]:
    return {day: periods for day, periods in days if periods}
