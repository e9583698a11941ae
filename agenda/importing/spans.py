"""When a component of a calendar begins and ends (RFC 5545 3.6.1)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from icalendar import Event

from agenda.dates.rules import instant, on_the_wall
from territories.days import YEARS
from territories.importing.records import BadRecord

from .clocks import Clock
from .days import DAY, utc
from .records import ReadDate

LONGEST = timedelta(days=3660)


class Span(NamedTuple):
    """`start` keeps its own zone; `end` of whole days is the midnight after the last one."""

    start: datetime
    end: datetime | None
    is_all_day: bool

    def as_read(self, seed: str) -> ReadDate:
        """Our whole days end on the last one."""
        end = self.end and utc(self.end)
        if self.is_all_day:
            last = utc(self.end - DAY)
            end = last if last > utc(self.start) else None
        return ReadDate(seed, utc(self.start), end, is_all_day=self.is_all_day)

    def end_from(self, start: datetime, clock: Clock) -> datetime | None:
        """When it would end, had it begun then."""
        if self.end is None:
            return None
        length = on_the_wall(self.end, clock.zone) - on_the_wall(self.start, clock.zone)
        return instant(on_the_wall(start, clock.zone) + length, clock.zone)

    def as_written(self, moment: datetime) -> date | datetime:
        """A moment in the notation of this one."""
        wall = moment.astimezone(self.start.tzinfo)
        return wall.date() if self.is_all_day else wall


def each(component: Event, name: str) -> list[Any]:
    """The values of a property, however often it stands there and however many it holds."""
    found = component.get(name)
    properties = found if isinstance(found, list) else [] if found is None else [found]
    return [value for one in properties for value in getattr(one, "dts", [one])]


def value_of(component: Event, name: str) -> Any:
    """The first value of a property, with its parameters; None without."""
    return next(iter(each(component, name)), None)


def moment_of(value: Any, clock: Clock) -> tuple[datetime, bool]:
    """An aware moment, and whether it is a whole day. Raises BadRecord."""
    found = value.dt
    if isinstance(found, tuple):
        found = found[0]
    if not isinstance(found, date):
        raise BadRecord(_("une de ses dates n’est pas comprise."))
    if found.year not in YEARS:
        raise BadRecord(_("vérifiez l’année : %(year)s.") % {"year": found.year})
    if not isinstance(found, datetime):
        return clock.start_of(found), True
    return clock.moment(found, str(value.params.get("TZID", ""))), False


def period_of(value: Any, clock: Clock) -> tuple[datetime, datetime | None]:
    """When an added date begins, in UTC, and ends when it says so itself."""
    start, _is_day = moment_of(value, clock)
    end = value.dt[1] if isinstance(value.dt, tuple) else None
    if isinstance(end, timedelta):
        end = start + end if timedelta() < end < LONGEST else None
    elif isinstance(end, datetime):
        end = clock.moment(end)
    return utc(start), utc(end) if end and utc(end) > utc(start) else None


def span_of(component: Event, clock: Clock, notes: list[str] | None = None) -> Span:
    """Raises BadRecord. An end that comes before the start is left out, and `notes` says so."""
    begun = value_of(component, "DTSTART")
    if begun is None:
        raise BadRecord(_("il n’a pas de date de début."))
    start, is_all_day = moment_of(begun, clock)
    end = end_of(component, start, is_all_day, clock)
    if end is not None and utc(end) < utc(start):
        if notes is not None:
            notes.append(_("sa fin vient avant son début : elle n’est pas reprise."))
        end = None
    if is_all_day:
        end = max(end or start, start + DAY)
    elif end is not None and utc(end) == utc(start):
        end = None
    return Span(start, end, is_all_day)


def end_of(component: Event, start: datetime, is_all_day: bool, clock: Clock) -> datetime | None:
    if (ended := value_of(component, "DTEND")) is not None:
        end, is_day = moment_of(ended, clock)
        if is_all_day and not is_day:
            # Until some hour of the last day: until its midnight.
            last = datetime.combine(end.date(), time.min, start.tzinfo)
            end = last + DAY if end.time() > time.min else last
        return end
    lasting = getattr(value_of(component, "DURATION"), "dt", None)
    if not isinstance(lasting, timedelta):
        return None
    try:
        # Days are told on the wall clock, hours are counted.
        end = utc(start + timedelta(days=lasting.days)) + timedelta(seconds=lasting.seconds)
    except OverflowError:
        return None
    return end.astimezone(start.tzinfo)
