"""How a date repeats, as people say it."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from territories.words import (
    all_of,
    day_words,
    hour_words,
    hours_words,
    moment_words,
    number_words,
    period_words,
)

from .occurrences import moments
from .rules import DAYS, on_the_wall, repeat_text, walls

if TYPE_CHECKING:
    from agenda.models import EventDate

EVERY = (
    gettext_lazy("tous les lundis"),
    gettext_lazy("tous les mardis"),
    gettext_lazy("tous les mercredis"),
    gettext_lazy("tous les jeudis"),
    gettext_lazy("tous les vendredis"),
    gettext_lazy("tous les samedis"),
    gettext_lazy("tous les dimanches"),
)
# Translators: what follows « tous les » when there are several: « tous les mardis et jeudis ».
WEEKDAYS = (
    pgettext_lazy("tous les", "lundis"),
    pgettext_lazy("tous les", "mardis"),
    pgettext_lazy("tous les", "mercredis"),
    pgettext_lazy("tous les", "jeudis"),
    pgettext_lazy("tous les", "vendredis"),
    pgettext_lazy("tous les", "samedis"),
    pgettext_lazy("tous les", "dimanches"),
)
# Translators: %s is the name of a weekday.
NTH = {
    "+1": gettext_lazy("le premier %s du mois"),
    "+2": gettext_lazy("le deuxième %s du mois"),
    "+3": gettext_lazy("le troisième %s du mois"),
    "+4": gettext_lazy("le quatrième %s du mois"),
    "-1": gettext_lazy("le dernier %s du mois"),
}
WORKING_WEEK = [0, 1, 2, 3, 4]
WHOLE_WEEK = [0, 1, 2, 3, 4, 5, 6]
# Some months have no day after this one.
SHORTEST_MONTH = 28


def series_words(series: str, until: date | None, today: date) -> str:
    """« tous les jeudis jusqu’au 17 juin », « le premier mardi du mois »; "" for no series.

    `series`: see `Occurrence`.
    """
    if not series:
        return ""
    words = repeat_words(series)
    if until is None:
        return words
    # A last day more than half a year away needs its year.
    year = (until - today).days > 183
    return _("%(repeat)s jusqu’au %(day)s") % {
        "repeat": words,
        "day": day_words(until, weekday=False, year=year),
    }


def repeat_words(series: str) -> str:
    rule = dict(part.split("=") for part in series.split(";"))
    count = int(rule.get("INTERVAL", 1))
    return {"DAILY": daily, "WEEKLY": weekly, "MONTHLY": monthly, "YEARLY": yearly}[rule["FREQ"]](
        rule, count
    )


def daily(rule: dict[str, str], count: int) -> str:
    if count == 1:
        return _("chaque jour")
    return ngettext("tous les %(count)s jours", "tous les %(count)s jours", count) % {
        "count": count
    }


def weekly(rule: dict[str, str], count: int) -> str:
    days = [DAYS.index(day) for day in rule["BYDAY"].split(",")]
    if count > 1:
        words = {"count": count, "days": all_of(_("le %s") % weekday_name(day) for day in days)}
        if count == 2:
            return _("toutes les deux semaines, %(days)s") % words
        return (
            ngettext(
                "toutes les %(count)s semaines, %(days)s",
                "toutes les %(count)s semaines, %(days)s",
                count,
            )
            % words
        )
    if len(days) == 1:
        return str(EVERY[days[0]])
    if days == WHOLE_WEEK:
        return _("chaque jour")
    if days == WORKING_WEEK:
        return _("du lundi au vendredi")
    return _("tous les %(days)s") % {"days": all_of(str(WEEKDAYS[day]) for day in days)}


def monthly(rule: dict[str, str], count: int) -> str:
    if "BYDAY" in rule:
        nth, day = rule["BYDAY"][:-2], DAYS.index(rule["BYDAY"][-2:])
        words = str(NTH[nth]) % weekday_name(day)
    else:
        number = int(rule["BYMONTHDAY"])
        said = {"number": number_words(date(2000, 1, number))}
        if number > SHORTEST_MONTH:
            words = _("le %(number)s des mois qui en ont un") % said
        elif count == 1:
            words = _("le %(number)s de chaque mois") % said
        else:
            words = _("le %(number)s du mois") % said
    if count == 1:
        return words
    return ngettext(
        "tous les %(count)s mois, %(day)s", "tous les %(count)s mois, %(day)s", count
    ) % {"count": count, "day": words}


def yearly(rule: dict[str, str], count: int) -> str:
    # A leap year has all days.
    day = date(2000, int(rule["BYMONTH"]), int(rule["BYMONTHDAY"]))
    words = {"count": count, "day": day_words(day, weekday=False)}
    if (day.month, day.day) == (2, 29):
        return _("le %(day)s des années qui en ont un") % words
    if count == 1:
        return _("chaque année le %(day)s") % words
    return (
        ngettext("tous les %(count)s ans, le %(day)s", "tous les %(count)s ans, le %(day)s", count)
        % words
    )


def weekday_name(number: int) -> str:
    # 3 January 2000 was a Monday.
    return date_format(date(2000, 1, 3 + number), "l")


def when_words(
    start: datetime,
    end: datetime | None,
    zone: zoneinfo.ZoneInfo,
    *,
    is_all_day: bool = False,
    year: bool = False,
) -> str:
    """When an occurrence takes place: as `moment_words`, and of whole days only the days."""
    if not is_all_day or end is None:
        return moment_words(start, end, zone, year=year)
    first = start.astimezone(zone).date()
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    return day_words(first, year=year) if first == last else period_words(first, last)


def date_words(typed: EventDate, zone: zoneinfo.ZoneInfo, today: date) -> str:
    """A date as a sentence: « tous les mardis jusqu’au 17 juin, de 9 h 30 à 11 h 30 »."""
    first = on_the_wall(typed.start, zone)
    if not typed.repeat:
        (once,) = moments(typed, zone, typed.start)
        return when_words(once.start, once.end, zone, is_all_day=typed.is_all_day, year=True)
    if typed.repeat == "list":
        words = days_words(map(datetime.date, walls(typed, zone, typed.start)), today)
    else:
        words = series_words(repeat_text(typed, zone), typed.until, today)
    if typed.is_all_day:
        return words
    end = on_the_wall(typed.end, zone) if typed.end else None
    if end and end.date() == first.date():
        return _("%(days)s, de %(start)s à %(end)s") % {
            "days": words,
            "start": hour_words(first.time()),
            "end": hour_words(end.time()),
        }
    hour = hours_words(first, end)
    return _("%(day)s à %(hour)s") % {"day": words, "hour": hour} if hour else words


def days_words(days: Iterable[date], today: date) -> str:
    """« les 3, 10 et 17 décembre », « le 3 décembre et les 7 et 14 janvier 2028 »."""
    groups = []
    for (year, month), found in groupby(sorted(days), key=lambda day: (day.year, day.month)):
        numbers = [number_words(day) for day in found]
        first = date(year, month, 1)
        far = abs((first - today).days) > 300
        words = {"numbers": all_of(numbers), "month": date_format(first, "F Y" if far else "F")}
        groups.append(
            ngettext("le %(numbers)s %(month)s", "les %(numbers)s %(month)s", len(numbers)) % words
        )
    return all_of(groups)
