"""The agenda as a month: a table of days, with what takes place on each."""

from __future__ import annotations

import re
import zoneinfo
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import BooleanField, Case, Q, Value, When
from django.utils.formats import date_format
from django.utils.translation import get_language

from agenda.dates.occurrences import HORIZON
from agenda.models import EventPage, Occurrence, Status
from territories.pages.translations import in_language
from territories.plugins.marks import marks_of
from territories.territory import zone_of
from territories.words import hour_words

from .periods import Period, after, before

if TYPE_CHECKING:
    from .programme import Programme

MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
# A cell names these, and counts the others.
NAMED = 3
# How far back the months lead: what is older stands in the archive.
KEPT = timedelta(days=366)
OFF = {Status.CANCELLED, Status.POSTPONED}


class Taking(NamedTuple):
    """One occurrence, as little of it as a month needs. `start` is on its own clock."""

    event: int
    start: datetime
    is_off: bool
    is_lit: bool


@dataclass(frozen=True)
class Entry:
    """One occurrence in the cell of its day."""

    page: Any
    hour: str
    is_lit: bool
    is_off: bool


@dataclass
class Cell:
    day: date
    url: str = ""
    count: int = 0
    entries: list[Entry] = field(default_factory=list)
    is_lit: bool = False
    is_off: bool = False
    is_today: bool = False
    is_chosen: bool = False

    @property
    def others(self) -> int:
        return self.count - len(self.entries)


class Month:
    """`?mois=2026-12`, else the month of the period that was asked, else this one."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.first = self._asked()

    def _asked(self) -> date:
        programme = self.programme
        found = MONTH.fullmatch(programme.request.GET.get("mois", ""))
        if found and 1 <= int(found[2]) <= 12:
            first = date(max(1, int(found[1])), int(found[2]), 1)
            if self._is_kept(first):
                return first
        return (programme.period.first or programme.today).replace(day=1)

    def _is_kept(self, first: date) -> bool:
        today = self.programme.today
        return (today - KEPT).replace(day=1) <= first <= today + HORIZON

    @property
    def period(self) -> Period:
        return Period(self.first, after(self.first) - timedelta(days=1))

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The whole month: what is over of it, too."""
        return (self._midnight(self.first), self._midnight(after(self.first)))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.programme.zone)

    @property
    def title(self) -> str:
        return date_format(self.first, "F Y")

    @property
    def days_of_the_week(self) -> list[date]:
        return [monday_of(self.first) + timedelta(days=number) for number in range(7)]

    @property
    def previous(self) -> dict[str, str] | None:
        return self._link(before(self.first))

    @property
    def next(self) -> dict[str, str] | None:
        return self._link(after(self.first))

    def _link(self, first: date) -> dict[str, str] | None:
        if not self._is_kept(first):
            return None
        url = self.programme.url(vue="mois", mois=f"{first:%Y-%m}")
        return {"title": date_format(first, "F Y"), "url": url}

    @cached_property
    def occurrences(self) -> Sequence[Taking]:
        """Those of the month, in order, on the clock of where they take place."""
        start, end = self.bounds
        firsts = [mark.first("event") for mark in marks_of(EventPage, self.programme.territory)]
        forward = Case(
            *[When(Q(first), then=Value(True)) for first in firsts if first],
            default=Value(False),
            output_field=BooleanField(),
        )
        # A day more at both ends: on the portal, it is not everywhere the same day.
        rows = (
            Occurrence.objects.filter(
                event__in=self.programme.of_month,
                start__gte=start - timedelta(days=1),
                start__lt=end + timedelta(days=1),
                is_period=False,
            )
            .order_by("start", "pk")
            .values_list("event", "start", "status", forward, "event__territory__time_zone")
        )
        return [
            Taking(event, start.astimezone(clock(zone)), status in OFF, is_lit)
            for event, start, status, is_lit, zone in rows
        ]

    @cached_property
    def weeks(self) -> list[list[Cell | None]]:
        """From Monday to Sunday; None stands for a day of another month."""
        found = defaultdict(list)
        for one in self.occurrences:
            found[one.start.date()].append(one)
        named = {
            day: sorted(ones, key=attrgetter("is_lit"), reverse=True)[:NAMED]
            for day, ones in found.items()
            if day.month == self.first.month
        }
        pages = self._pages({one.event for ones in named.values() for one in ones})
        weeks, monday = [], monday_of(self.first)
        while monday < after(self.first):
            days = [monday + timedelta(days=number) for number in range(7)]
            weeks.append(
                [
                    self._cell(day, found.get(day, []), named.get(day, []), pages)
                    if day.month == self.first.month
                    else None
                    for day in days
                ]
            )
            monday += timedelta(days=7)
        return weeks

    def _pages(self, keys: set[int]) -> dict[int, EventPage]:
        events = EventPage.objects.filter(pk__in=keys).select_related("locale", "territory__site")
        return {event.pk: event.shown for event in in_language(events, get_language() or "")}

    def _cell(
        self, day: date, ones: list[Taking], named: list[Taking], pages: dict[int, EventPage]
    ) -> Cell:
        programme = self.programme
        iso = day.isoformat()
        period = programme.period
        return Cell(
            day,
            f"{programme.url(vue='mois', du=iso, au=iso)}#jour" if ones else "",
            len(ones),
            [
                Entry(pages[one.event], hour_words(one.start.time()), one.is_lit, one.is_off)
                for one in named
                if one.event in pages
            ],
            is_lit=any(one.is_lit for one in ones),
            is_off=bool(ones) and all(one.is_off for one in ones),
            is_today=day == programme.today,
            is_chosen=period.first == period.last == day,
        )


@cache
def clock(name: str | None) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(name) if name else zone_of(None)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
