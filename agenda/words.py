"""Dates and hours as people say them."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.words import hour_words, in_french

EVERY = (
    gettext_lazy("tous les lundis"),
    gettext_lazy("tous les mardis"),
    gettext_lazy("tous les mercredis"),
    gettext_lazy("tous les jeudis"),
    gettext_lazy("tous les vendredis"),
    gettext_lazy("tous les samedis"),
    gettext_lazy("tous les dimanches"),
)
# How a date repeats, by `Occurrence.series`. Translators: %s is the name of a weekday.
SERIES = {
    "monthly_1": gettext_lazy("le premier %s du mois"),
    "monthly_2": gettext_lazy("le deuxième %s du mois"),
    "monthly_3": gettext_lazy("le troisième %s du mois"),
    "monthly_4": gettext_lazy("le quatrième %s du mois"),
    "monthly_-1": gettext_lazy("le dernier %s du mois"),
}


def number_words(day: date) -> str:
    """« 3 », « 1er »."""
    return "1er" if day.day == 1 and in_french() else str(day.day)


def day_words(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """« jeudi 3 décembre », « 1er décembre 2026 »."""
    words = f"{number_words(day)} {date_format(day, 'F Y' if year else 'F')}"
    return f"{date_format(day, 'l')} {words}" if weekday else words


def hours_words(start: datetime, end: datetime | None) -> str:
    """« 9 h 30 à 11 h 30 », « 9 h 30 »; nothing for midnight without end: the hour is not known.

    Both on the wall clock that people read.
    """
    if end is None:
        return hour_words(start.time()) if start.time() != time.min else ""
    if end.date() != start.date():
        return hour_words(start.time())
    return _("%(start)s à %(end)s") % {
        "start": hour_words(start.time()),
        "end": hour_words(end.time()),
    }


def moment_words(
    start: datetime, end: datetime | None, zone: zoneinfo.ZoneInfo, *, year: bool = False
) -> str:
    """« jeudi 3 décembre, de 9 h 30 à 17 h », « du jeudi 3 décembre à 9 h au samedi 5 à 17 h »."""
    start = start.astimezone(zone)
    end = end.astimezone(zone) if end else None
    day = day_words(start.date(), year=year)
    if end is not None and end.date() != start.date():
        return _("du %(start)s à %(first)s au %(end)s à %(last)s") % {
            "start": day_words(start.date()),
            "first": hour_words(start.time()),
            "end": day_words(end.date(), year=year),
            "last": hour_words(end.time()),
        }
    if end is not None:
        return _("%(day)s, de %(start)s à %(end)s") % {
            "day": day,
            "start": hour_words(start.time()),
            "end": hour_words(end.time()),
        }
    hour = hours_words(start, None)
    return _("%(day)s à %(hour)s") % {"day": day, "hour": hour} if hour else day


def series_words(series: str, day: date, until: date | None, today: date) -> str:
    """« tous les jeudis jusqu’au 17 juin », « le premier mardi du mois »; "" for no series.

    `day`: one of its days, which tells the weekday.
    """
    if not series:
        return ""
    if series in SERIES:
        words = str(SERIES[series]) % date_format(day, "l")
    else:
        words = str(EVERY[day.weekday()])
    if until is None:
        return words
    # A last day more than half a year away needs its year.
    year = (until - today).days > 183
    return _("%(repeat)s jusqu’au %(day)s") % {
        "repeat": words,
        "day": day_words(until, weekday=False, year=year),
    }


def period_words(first: date | None, last: date | None) -> str:
    """« le 3 décembre 2026 », « du 3 au 9 décembre 2026 », « à partir du 3 décembre 2026 »."""
    if first is None and last is None:
        return ""
    if last is None:
        return _("à partir du %(day)s") % {"day": day_words(first, weekday=False, year=True)}
    end = day_words(last, weekday=False, year=True)
    if first is None:
        return _("jusqu’au %(day)s") % {"day": end}
    if first == last:
        return _("le %(day)s") % {"day": end}
    if (first.year, first.month) == (last.year, last.month):
        start = number_words(first)
    else:
        start = day_words(first, weekday=False, year=first.year != last.year)
    return _("du %(start)s au %(end)s") % {"start": start, "end": end}
