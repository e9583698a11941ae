"""An event as one line of a list, whoever shows the list: the agenda, a panel, a letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.plugins.contributions import Badge
from territories.territory import zone_of
from territories.words import hours_words

from .dates.told import STATUS_BADGES
from .dates.words import series_words, when_words
from .models import EventPage, Status
from .registration.places import say_full
from .venues import Venue, venue_of

if TYPE_CHECKING:
    from territories.models import Territory

FREE = Badge(gettext_lazy("Gratuit"))
# What the mark of another plugin looks like when it lights a window.
LIT = "label"


@dataclass(frozen=True)
class Line:
    """`page` has the words, in the visitor's language where they exist; `record` has the facts."""

    record: EventPage
    page: Any
    day: date | None
    hours: str
    when: str
    repeat: str
    venue: Venue
    badges: Sequence[Badge] = ()
    is_lit: bool = False
    is_off: bool = False
    is_forward: bool = False
    # What its next date has of its own, in the source language.
    note: str = ""
    # It lasts for days or months: told apart from what has its day.
    is_period: bool = False
    # From the place that the visitor named: « à 350 m ».
    distance: str = ""
    # Said where lists mix territories: on the national portal.
    territory: Territory | None = None
    is_elsewhere_on_the_clock: bool = False


@dataclass(frozen=True)
class Day:
    """The events of one day, which share one date window."""

    day: date | None
    lines: Sequence[Line] = field(default_factory=list)

    @property
    def is_lit(self) -> bool:
        return any(line.is_lit for line in self.lines)

    @property
    def is_off(self) -> bool:
        return all(line.is_off for line in self.lines)


def badges_of(event: EventPage) -> list[Badge]:
    """What other plugins know of it first, then what decides somebody to come."""
    badges = list(getattr(event, "badges", ()))
    status = status_of(event)
    if status in STATUS_BADGES:
        badges.append(STATUS_BADGES[status])
    if status == Status.CANCELLED:
        return badges
    if event.is_free:
        badges.append(FREE)
    if event.format:
        badges.append(Badge(event.format.words))
    return badges


def status_of(event: EventPage) -> str:
    """That of its next occurrence, which may be cancelled or full while the others are not."""
    return getattr(event, "next_status", None) or event.status


def line_of(event: EventPage, territory: Territory | None) -> Line:
    """`event`: a record with its `next_…`, and `.shown` and `.badges` when lists gave them."""
    zone = zone_of(event.territory)
    start: datetime | None = getattr(event, "next_start", None)
    end: datetime | None = getattr(event, "next_end", None)
    wall, wall_end = (moment and moment.astimezone(zone) for moment in (start, end))
    is_all_day = bool(getattr(event, "next_is_all_day", False))
    badges = badges_of(event)
    return Line(
        record=event,
        page=getattr(event, "shown", event),
        day=wall.date() if wall else None,
        hours=hours_words(wall, wall_end) if wall and not is_all_day else "",
        when=when_words(start, end, zone, is_all_day=is_all_day) if start else "",
        repeat=repeat_of(event, wall),
        venue=venue_of(event),
        badges=badges,
        is_lit=any(badge.kind == LIT for badge in badges),
        is_off=status_of(event) in {Status.CANCELLED, Status.POSTPONED},
        is_forward=getattr(event, "is_forward", False),
        note=getattr(event, "next_note", None) or "",
        is_period=bool(getattr(event, "next_is_period", False)),
        territory=event.territory if territory is None else None,
        is_elsewhere_on_the_clock=territory is None and zone != zone_of(None),
    )


def repeat_of(event: EventPage, start: datetime | None) -> str:
    series, until = getattr(event, "next_series", ""), getattr(event, "next_until", None)
    return series_words(series, until, timezone.localdate()) if start else ""


def lines_of(events: Iterable[EventPage], territory: Territory | None) -> list[Line]:
    """`territory`: the one whose site shows the list; None is the portal. No query when the
    events come with `in_full()`, but one where some have places to be taken on the site."""
    events = list(events)
    say_full(events)
    return [line_of(event, territory) for event in events]


def by_day(lines: Sequence[Line]) -> list[Day]:
    """Neighbours of the same day together; the order stays."""
    return [Day(day, list(found)) for day, found in groupby(lines, key=lambda line: line.day)]


def grouped(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines by day: those put first, the others, those that last for months. Each kind under
    its heading; where there are only days, none is needed."""
    kinds = {
        "forward": _("En avant"),
        "": _("Tous les rendez-vous"),
        "period": _("Sur plusieurs mois"),
    }
    found: dict[str, list[Line]] = {kind: [] for kind in kinds}
    for line in lines:
        kind = "forward" if line.is_forward else ""
        found["period" if line.is_period else kind].append(line)
    groups = [
        {"kind": kind, "title": kinds[kind], "days": by_day(of_kind)}
        for kind, of_kind in found.items()
        if of_kind
    ]
    if len(groups) == 1 and groups[0]["kind"] != "period":
        groups[0]["title"] = ""
    return groups or [{"kind": "", "title": "", "days": []}]


def by_month(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines by day, under the name of their month; the order stays."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        title = capfirst(date_format(line.day, "F Y")) if line.day else ""
        found.setdefault(title, []).append(line)
    return [{"title": title, "days": by_day(of_month)} for title, of_month in found.items()]
