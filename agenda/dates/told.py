"""One date among those of an event, with what is particular to it."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.plugins.contributions import Badge
from territories.words import day_words, sentence

from .words import when_words

if TYPE_CHECKING:
    from agenda.models import Occurrence

STATUS_BADGES = {
    "cancelled": Badge(gettext_lazy("Annulé"), "cross", "danger"),
    "postponed": Badge(gettext_lazy("Reporté"), "alert", "warn"),
    "full": Badge(gettext_lazy("Complet"), "alert", "warn"),
}
MOVED = Badge(gettext_lazy("Déplacé"), "alert", "warn")


@dataclass(frozen=True)
class ToldDate:
    """`note`: the coordinator's own words, kept in the source language only."""

    words: str
    badge: Badge | None = None
    instead_of: str = ""
    note: str = ""
    is_off: bool = False


def told(one: Occurrence, zone: zoneinfo.ZoneInfo) -> ToldDate:
    is_off = one.status == "cancelled"
    is_moved = one.start != one.original and not is_off
    return ToldDate(
        words=sentence(when_words(one.start, one.end, zone, is_all_day=one.is_all_day, year=True)),
        badge=STATUS_BADGES.get(one.status, MOVED if is_moved else None),
        instead_of=_("au lieu du %(day)s")
        % {"day": day_words(one.original.astimezone(zone).date())}
        if is_moved
        else "",
        note=one.note,
        is_off=is_off,
    )
