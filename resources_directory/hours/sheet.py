"""What a sheet says of its hours: the state of the door, a usual week, the days that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from territories.words import day_words, hour_words, period_words, sentence

from .closures import Days, in_force, joined, shown
from .days import Period, Periods, days_of
from .expression import CLOSED, DAY, UNKNOWN, Hours, read_or_none, tidy
from .holidays import is_holiday, is_local_holiday
from .open_now import State, end_words, state
from .week import NEXT_WEEKS, Timetable, Week, timetable

WEEK = range(7)


@dataclass(frozen=True)
class Line:
    """A row of a table: some day, and its periods in words, each with what was noted of it."""

    day: str
    periods: list[tuple[str, str]]
    is_today: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Table:
    title: str
    lines: list[Line]


def hours_sheet(
    text: str, closures: Iterable[Days], now: datetime, insee: str = ""
) -> dict[str, Any]:
    """`now`: on the wall clock of the place; `insee`: of its commune, for its own holidays.

    `hours_as_written`: what cannot be put in a table; `tables`, `other_days`, `closures`: in words.
    """
    today, closures = now.date(), list(closures)
    found, hours = timetable(text, today), read_or_none(text)
    coming = shown(closures, today)
    return {
        "state": state_of(text, closures, now, insee),
        "hours_as_written": "" if found else tidy(text),
        "tables": _tables(found, today, in_force(closures, today)) if found else [],
        "other_days": _other_days(hours, found, closures, today, insee) if hours and found else [],
        "hours_of_holidays": _of_holidays(hours, today) if hours and found else [],
        "school_holidays": bool(hours and hours.names_school),
        "closures": [(sentence(_closed(one)), one.note) for one in coming],
    }


def state_of(text: str, closures: Sequence[Days], now: datetime, insee: str = "") -> State | None:
    """As `open_now.state`, with the closures of the place."""
    known = [one for one in closures if one.last_day >= now.date()]
    closure = in_force(known, now.date())
    if not known or not (closure or read_or_none(text)):
        return state(text, now, insee)
    found = state(joined(text, known), now, insee) if read_or_none(text) else None
    if closure and (found is None or not found.opens):
        until = day_words(closure.last_day, weekday=False)
        return State(_("Fermé jusqu’au %(day)s") % {"day": until}, False)
    return found


def in_short(text: str, today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The week in force: [("Lundi à vendredi", [("9 h à 12 h", "")])], closed days left out.

    What cannot be put in words stands as a note, as it was written.
    """
    found = timetable(text, today)
    if found is None or not found.weeks:
        return [("", [("", tidy(text))])] if tidy(text) else []
    week = found.weeks[0].days
    runs = [list(days) for _periods, days in groupby(WEEK, key=lambda day: week[day])]
    return [(sentence(_run(days)), in_words(week[days[0]])) for days in runs if week[days[0]]]


def _run(days: list[int]) -> str:
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    if len(days) == 1:
        return first
    return _("%(first)s à %(last)s") % {"first": first, "last": last}


def _closed(closure: Days) -> str:
    days = period_words(closure.first_day, closure.last_day)
    return _("fermé %(days)s") % {"days": days}


def _tables(found: Timetable, today: date, closure: Days | None) -> list[Table]:
    """Today is marked when it is a day of its table."""
    is_usual = not closure and not is_holiday(today) and today not in found.other_days
    tables = []
    for week in found.weeks:
        is_now = (not week.first or week.first <= today) and (not week.last or today <= week.last)
        lines = [
            Line(
                sentence(str(WEEKDAYS[day])),
                in_words(week.days[day]),
                is_usual and is_now and day == today.weekday(),
            )
            for day in WEEK
        ]
        tables.append(Table(_season(week), lines))
    return tables


def _season(week: Week) -> str:
    return sentence(period_words(week.first, week.last))


def in_words(periods: Periods) -> list[tuple[str, str]]:
    """[("9 h à 12 h 30", "sans rendez-vous"), …]; a note that says it all stands alone."""
    if not periods:
        return [(_("Fermé"), "")]
    return [_in_words(period) for period in periods]


def _in_words(period: Period) -> tuple[str, str]:
    if period.state == CLOSED:
        return _("Fermé"), period.comment
    if period.is_whole_day:
        if period.state == UNKNOWN:
            return ("", period.comment) if period.comment else (_("Horaires à vérifier"), "")
        return _("Jour et nuit"), period.comment
    words = _("%(start)s à %(end)s") % {
        "start": hour_words(period.start),
        "end": end_words(period.end),
    }
    return words, period.comment or (_("à vérifier") if period.state == UNKNOWN else "")


def _other_days(
    hours: Hours, found: Timetable, closures: Sequence[Days], today: date, insee: str
) -> list[Line]:
    """Holidays and dated exceptions of the next four weeks; closures are told above them."""
    told: list[tuple[date, list[tuple[str, str]], str]] = []
    for ahead in range(NEXT_WEEKS):
        day = today + ahead * DAY
        if in_force(closures, day):
            continue
        usual = found.usual(day)
        if is_local_holiday(day, insee):
            told.append((day, unknown(), _("jour férié ici")))
        elif is_holiday(day):
            [periods] = days_of(hours, day, 1)
            if hours.names_holidays or hours.is_always:
                if periods or usual:
                    told.append((day, in_words(periods), _("jour férié")))
            elif usual:
                told.append((day, unknown(), _("jour férié")))
        elif day in found.other_days:
            told.append((day, in_words(found.other_days[day]), ""))
    return list(_grouped(told, today))


def unknown() -> list[tuple[str, str]]:
    return [(_("Horaires à vérifier"), "")]


def _grouped(told: list[tuple[date, list, str]], today: date) -> Iterable[Line]:
    """Days that follow each other and are alike make one line."""
    numbered = enumerate(told)
    for (_start, periods, reason), group in groupby(
        numbered, key=lambda one: (one[1][0] - timedelta(one[0]), one[1][1], one[1][2])
    ):
        days = [day for _at, (day, *_rest) in group]
        words = day_words(days[0]) if len(days) == 1 else period_words(days[0], days[-1])
        yield Line(sentence(words), periods, days[0] <= today <= days[-1], reason)


def _of_holidays(hours: Hours, today: date) -> list[tuple[str, str]]:
    """What the rules say of holidays, when all those of a year are alike."""
    if not hours.names_holidays:
        return []
    year = range(1, 366)
    days = [today + ahead * DAY for ahead in year if is_holiday(today + ahead * DAY)]
    found = {days_of(hours, day, 1)[0] for day in days}
    return in_words(found.pop()) if len(found) == 1 else []
