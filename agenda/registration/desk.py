"""The dates of an event that one may register for, and how many places each has left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agenda.dates.words import when_words
from agenda.models.dates import Status
from agenda.models.places import PlacesFor
from territories.words import moment_words, sentence

from .places import ALL_DATES, left_by_occurrence, left_words

if TYPE_CHECKING:
    from agenda.models import EventPage, Occurrence

# Further dates are offered once these are over: a form of a year of Thursdays helps nobody.
SHOWN = 8
TAKES = (Status.SCHEDULED, Status.FULL)
# How long after a date the team still writes down who was there.
WRITTEN_AFTER = timedelta(days=31)


@dataclass(frozen=True)
class Choice:
    """One date, or all of them (`key` is ""). `left`: None where there is no limit."""

    key: str
    start: datetime
    over_at: datetime
    when: str
    day: str
    left: int | None

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def words(self) -> str:
        """« Mardi 8 décembre 2026, de 9 h 30 à 11 h 30 : encore 3 places »."""
        left = left_words(self.left)
        if not left:
            return self.when
        return _("%(when)s : %(left)s") % {"when": self.when, "left": left[0].lower() + left[1:]}


class Desk:
    """`event`: the record. `occurrences`: those to come, with the places `left`, where they are
    read already.

    For the team (`is_ours`) it stays open until the date is over and for a while after.
    """

    def __init__(
        self,
        event: EventPage,
        *,
        now: datetime | None = None,
        occurrences: Iterable[Occurrence] | None = None,
        left: Mapping[tuple[int, str], int] | None = None,
        is_ours: bool = False,
    ) -> None:
        self.event = event
        self.now = now or timezone.now()
        self.given, self.left = occurrences, left
        self.is_ours = is_ours

    @property
    def takes_registrations(self) -> bool:
        event = self.event
        is_on = event.live and event.territory_id and event.registration_is_open
        return bool(is_on and event.status in TAKES)

    @cached_property
    def choices(self) -> Sequence[Choice]:
        """The soonest first; none when one may not, or no longer, register."""
        if not (self.takes_registrations or self.is_ours):
            return []
        found = list(self.occurrences)
        if not found:
            return []
        left = self.left
        if left is None:
            left = left_by_occurrence((self.event, one.key) for one in found)
        if self.event.capacity_is_for == PlacesFor.ALL:
            last = max(found, key=lambda one: one.over_at)
            return [self.choice(found[0], ALL_DATES, left, over_at=last.over_at)]
        return [self.choice(one, one.key, left) for one in found]

    @property
    def occurrences(self) -> Iterable[Occurrence]:
        if self.given is not None:
            return [one for one in self.given if self.is_open_for(one)][:SHOWN]
        found = self.event.occurrences.filter(over_at__gt=self.now)
        if self.is_ours:
            past = self.event.occurrences.filter(
                over_at__lte=self.now, over_at__gt=self.now - WRITTEN_AFTER
            )
            return [*found[:SHOWN], *past.order_by("-start")]
        # Those that are closed already are few: the hours before a date.
        rows = found.filter(status__in=TAKES)[: SHOWN + 24]
        return [one for one in rows if self.is_open_for(one)][:SHOWN]

    def is_open_for(self, occurrence: Occurrence) -> bool:
        # What lasts is joined while it lasts.
        last = occurrence.over_at if occurrence.is_period else occurrence.start
        closes = last - timedelta(hours=self.event.closes_hours_before)
        return occurrence.status in TAKES and closes > self.now

    def choice(
        self,
        occurrence: Occurrence,
        key: str,
        left: Mapping[tuple[int, str], int],
        *,
        over_at: datetime | None = None,
    ) -> Choice:
        # Full by hand is full, whatever was counted.
        is_full = occurrence.status == Status.FULL and not self.is_ours
        return Choice(
            key=key,
            start=occurrence.start,
            over_at=over_at or occurrence.over_at,
            when=self.when(occurrence, key),
            day=moment_words(occurrence.start, None, self.event.zone),
            left=0 if is_full else left.get((self.event.pk, occurrence.key)),
        )

    def when(self, occurrence: Occurrence, key: str) -> str:
        words = words_of(occurrence, self.event)
        if key == ALL_DATES:
            return _("Toutes les dates, dès le %(date)s") % {"date": words}
        return sentence(words)

    def find(self, key: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.key == key), None)

    @property
    def is_open(self) -> bool:
        return bool(self.choices)

    @property
    def is_full(self) -> bool:
        """No date has a place left: one may wait for one."""
        return self.is_open and all(choice.is_full for choice in self.choices)

    def next_with(self, people: int) -> Choice | None:
        """The soonest date that has places for so many."""
        fits = (one for one in self.choices if one.left is None or one.left >= people)
        return next(fits, None)

    @property
    def words(self) -> str:
        """Of the next date, and where it is full of the next that is not."""
        if not self.is_open:
            return ""
        first, free = self.choices[0], self.next_with(1)
        if not first.is_full or free is None:
            return left_words(first.left)
        return _("Prochaine date avec des places : %(date)s") % {"date": free.day}


def words_of(occurrence: Occurrence, event: EventPage) -> str:
    """« mardi 8 décembre 2026, de 9 h 30 à 11 h 30 »."""
    is_all_day = occurrence.is_all_day
    return when_words(
        occurrence.start, occurrence.end, event.zone, is_all_day=is_all_day, year=True
    )
