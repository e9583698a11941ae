"""Hours, days and lists as each language writes them."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _


def in_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def in_every_language(words: object) -> list[str]:
    """What a lazy translation says in each language of the site."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(str(words))
    return found


def hour_words(hour: time) -> str:
    """« 9 h 30 », « 14 h »; as the language writes it elsewhere."""
    if not in_french():
        return date_format(hour, "TIME_FORMAT")
    return f"{hour.hour} h {hour.minute:02}" if hour.minute else f"{hour.hour} h"


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


def sentence(words: str) -> str:
    """With a capital, to stand by itself."""
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str]) -> str:
    """« un, deux, trois », with the comma of the language."""
    # Translators: what stands between the items of a list.
    return pgettext("liste", ", ").join(words)


def all_of(words: Iterable[str]) -> str:
    """« un », « un et deux », « un, deux et trois »."""
    *firsts, last = words
    return _("%(first)s et %(last)s") % {"first": listed(firsts), "last": last} if firsts else last
