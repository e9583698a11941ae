"""The registrations of an event, date by date, and who is still to be told what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models.dates import Status
from agenda.models.places import PlacesFor
from agenda.models.registrations import State
from agenda.registration.desk import WRITTEN_AFTER
from agenda.registration.places import ALL_DATES, left_words
from agenda.registration.telling import GONE, Now, date_now, date_words, is_to_be_told

if TYPE_CHECKING:
    from agenda.models import EventPage, Occurrence, Registration

# For all dates at once: before each.
FIRST = datetime.min.replace(tzinfo=UTC)
STATUS_WORDS = {
    Status.CANCELLED: gettext_lazy("annulé"),
    Status.POSTPONED: gettext_lazy("reporté"),
    GONE: gettext_lazy("cette date n’est plus à l’agenda"),
}


@dataclass
class Section:
    """One date. `start`: None where one registers for all dates at once."""

    key: str
    title: str
    status: str
    start: datetime | None
    over_at: datetime | None
    left: str = ""
    registered: list[Registration] = field(default_factory=list)
    waiting: list[Registration] = field(default_factory=list)
    cancelled: list[Registration] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(one.people for one in self.registered)

    @property
    def came(self) -> int:
        return sum(one.people for one in self.registered if one.came)

    @property
    def is_known(self) -> bool:
        """Somebody has said of at least one person whether they came."""
        return any(one.came is not None for one in self.registered)

    @property
    def is_off(self) -> bool:
        return self.status in STATUS_WORDS

    @property
    def status_words(self) -> str:
        return STATUS_WORDS.get(self.status, "")

    def of(self, state: str) -> list[Registration]:
        return {State.REGISTERED: self.registered, State.WAITING: self.waiting}.get(
            state, self.cancelled
        )


class Roll:
    """`event`: the record; `rows`: its registrations; `occurrences`: by key, where they are read
    already."""

    def __init__(
        self,
        event: EventPage,
        rows: Sequence[Registration],
        occurrences: Mapping[str, Occurrence] | None = None,
    ) -> None:
        self.event, self.rows, self.now = event, rows, timezone.now()
        self.given = occurrences

    @cached_property
    def occurrences(self) -> Mapping[str, Occurrence]:
        if self.given is not None:
            return self.given
        return {one.key: one for one in self.event.occurrences.all()}

    @cached_property
    def sections(self) -> list[Section]:
        found: dict[str, Section] = {}
        for one in self.rows:
            if one.occurrence_key not in found:
                found[one.occurrence_key] = self.section(one)
            found[one.occurrence_key].of(one.state).append(one)
        for section in found.values():
            section.left = self.left_of(section)
        return sorted(found.values(), key=lambda one: one.start or FIRST)

    def left_of(self, section: Section) -> str:
        event = self.event
        is_whole = event.capacity_is_for == PlacesFor.ALL
        is_over = section.over_at is not None and section.over_at <= self.now
        if (
            event.capacity is None
            or section.is_off
            or is_over
            or is_whole != (section.key == ALL_DATES)
        ):
            return ""
        return left_words(max(event.capacity - section.people, 0))

    def section(self, one: Registration) -> Section:
        now = self.now_of(one)
        occurrence = self.occurrences.get(one.occurrence_key)
        if one.occurrence_key == ALL_DATES:
            return Section(ALL_DATES, _("Toutes les dates"), self.event.status, None, None)
        return Section(
            key=one.occurrence_key,
            title=date_words(self.event, one, occurrence),
            status=occurrence.status if occurrence else GONE,
            start=now.start,
            over_at=occurrence.over_at if occurrence else one.kept_from,
        )

    def now_of(self, one: Registration) -> Now:
        return date_now(self.event, one, self.occurrences)

    def shown(self, *, with_past: bool) -> list[Section]:
        """Those to come, those of the last weeks, and whatever somebody is to be told of."""
        if with_past:
            return self.sections
        limit = self.now - WRITTEN_AFTER
        return [one for one in self.sections if one.over_at is None or one.over_at > limit]

    @property
    def has_past(self) -> bool:
        return len(self.sections) > len(self.shown(with_past=False))

    @cached_property
    def to_come(self) -> list[Registration]:
        """Those that news concern: not cancelled, of a date that is not over."""
        return [
            one
            for section in self.sections
            for one in (*section.registered, *section.waiting)
            if section.over_at is None or section.over_at > self.now
        ]

    @cached_property
    def to_tell(self) -> list[Registration]:
        """Those whose date is not what they were told."""
        return [one for one in self.to_come if is_to_be_told(one, self.now_of(one))]
