"""The dates of one event of a calendar: its start, its rule, and what was changed of it since.

RFC 5545: RRULE 3.8.5.3, RDATE 3.8.5.2, EXDATE 3.8.5.1, RECURRENCE-ID 3.8.4.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from icalendar import Event

from agenda.dates.rules import on_the_wall
from agenda.models import Status
from territories.importing.records import BadRecord

from . import bounds
from .clocks import Clock
from .days import DAY, begins, dates_of, utc
from .expanding import LATER, expanded
from .facts import note_of, state_of
from .records import ReadChange, ReadDate
from .rules import Rule, checked, in_our_terms, starts_of
from .spans import Span, each, moment_of, period_of, span_of, value_of


class Series(NamedTuple):
    """`known`: when the dates take place, without their changes."""

    dates: list[ReadDate]
    changes: list[ReadChange]
    known: set[datetime]

    def with_state(self, state: Status, usual: Status, note: str) -> list[ReadChange]:
        """The changes, when all of it is cancelled or full where the rest of the event is not, or
        has a note of its own."""
        is_apart = state != usual and state in (Status.CANCELLED, Status.FULL)
        if not is_apart and not note:
            return self.changes
        kind = state.value if is_apart else "note"
        told = {change.original for change in self.changes}
        moments = sorted(self.known - told)[-bounds.DAYS :]
        return [*self.changes, *(ReadChange(kind, moment, note=note) for moment in moments)]


@dataclass
class Written:
    """What stands in the file about one series; numbers are checked."""

    master: Event
    overrides: Sequence[Event]
    span: Span
    rules: list[Rule]
    # With the ends that they say themselves.
    added: dict[datetime, datetime | None]
    removed: list[datetime]

    @property
    def is_split(self) -> bool:
        """« This one and all that follow » is no change of one date."""
        return any(
            str(value_of(one, "RECURRENCE-ID").params.get("RANGE", "")).upper() == "THISANDFUTURE"
            for one in self.overrides
        )


def series_of(
    master: Event,
    overrides: Sequence[Event],
    *,
    clock: Clock,
    today: date,
    seed: str,
    notes: list[str],
) -> Series:
    """Raises BadRecord when its dates cannot be read, or are too many."""
    written = Written(
        master,
        bounded(overrides),
        span_of(master, clock, notes),
        [checked(value) for value in bounded(each(master, "RRULE"), bounds.RULES)],
        dict(period_of(value, clock) for value in bounded(each(master, "RDATE"))),
        [moment_of(value, clock)[0] for value in bounded(each(master, "EXDATE"))],
    )
    first = written.span.as_read(seed)
    if not written.rules and not written.added:
        known = {first.start}
        return Series([first], list(changed(written, known, clock)), known)
    return by_rule(written, first, clock, today, notes) or by_list(written, seed, clock, today)


def by_rule(
    written: Written, first: ReadDate, clock: Clock, today: date, notes: list[str]
) -> Series | None:
    """The series as one date of ours with its changes, when a rule of ours says the same."""
    zone = clock.zone
    if len(written.rules) != 1 or written.is_split or (written.added and first.is_all_day):
        return None
    [rule] = written.rules
    starts = starts_of(rule, written.span.start, today)
    if len(starts) == 1 and rule.ends_by(bounds.last_day(today, written.span.start)):
        return None
    if not rule.is_endless and 2 * len(written.removed) >= len(starts):
        # Half of it does not take place: the days that do are said sooner.
        return None
    typed = in_our_terms(rule, written.span.start, first, zone, today)
    if typed is None:
        return None
    dates, known = [typed], {start for start in starts if start >= typed.start}
    if first.start not in starts:
        # The first date counts, whether the rule gives it or not.
        dates, known = [first, replace(typed, seed=f"{first.seed} rule")], {first.start, *known}
        starts = [first.start, *starts]
    if len(known) < len(starts):
        day = on_the_wall(typed.start, zone)
        notes.append(_("ses dates d’avant le %(day)s sont laissées.") % {"day": f"{day:%d/%m/%Y}"})
    known |= later(typed, written, clock, known)
    changes = []
    for moment in written.removed:
        if (original := matched(utc(moment), known, clock)) is not None:
            changes.append(ReadChange("cancelled", original))
    for moment, end in written.added.items():
        if moment not in known:
            end = end or written.span.end_from(moment, clock)
            changes.append(ReadChange("added", start=moment, end=end))
    return Series(dates, [*changes, *changed(written, known, clock)], known)


def later(typed: ReadDate, written: Written, clock: Clock, known: set[datetime]) -> set[datetime]:
    """What the rule gives after all that was looked at, where the file changes a date of then."""
    told = [moment_of(value_of(one, "RECURRENCE-ID"), clock)[0] for one in written.overrides]
    last = max([*written.removed, *told], default=None)
    if last is None or last <= max(known):
        return set()
    horizon = min(utc(last), max(known) + LATER) + DAY
    return set(begins(typed, clock.zone, horizon))


def by_list(written: Written, seed: str, clock: Clock, today: date) -> Series:
    spans = expanded(written, clock, today)
    dates = dates_of(spans, clock.zone, seed=seed, is_all_day=written.span.is_all_day)
    if not dates:
        raise BadRecord(_("il ne lui reste aucune date."))
    known = {start for typed in dates for start in begins(typed, clock.zone)}
    changes = [] if written.is_split else list(changed(written, known, clock))
    return Series(dates, changes, known)


def bounded(values: Sequence, most: int = bounds.DAYS) -> Sequence:
    if len(values) > most:
        raise BadRecord(
            _("il compte plus de %(most)s règles, ou dates ajoutées, retirées ou changées.")
            % {"most": most}
        )
    return values


def changed(written: Written, known: set[datetime], clock: Clock) -> Iterator[ReadChange]:
    """What single dates have of their own (RECURRENCE-ID)."""
    for override in written.overrides:
        moment, _is_day = moment_of(value_of(override, "RECURRENCE-ID"), clock)
        original = matched(utc(moment), known, clock)
        state = state_of(override, is_ours=True)
        note = note_of(override, written.master)
        # Of what is cancelled as a whole, each date says so, and may have been moved before.
        if state == Status.CANCELLED != state_of(written.master, is_ours=True):
            if original is not None:
                yield ReadChange("cancelled", original, note=note)
            continue
        span = span_of(override, clock) if value_of(override, "DTSTART") else None
        start, end = (utc(span.start), span.end and utc(span.end)) if span else (original, None)
        if original is None:
            if span is not None:
                yield ReadChange("added", start=start, end=end, note=note)
        elif span and (start != original or end != written.span.end_from(original, clock)):
            yield ReadChange("moved", original, start, end, note)
        elif state == Status.FULL:
            yield ReadChange("full", original, note=note)
        elif note:
            yield ReadChange("note", original, note=note)


def matched(moment: datetime, known: set[datetime], clock: Clock) -> datetime | None:
    """The date that is meant: this one, or the only one of that day."""
    if moment in known:
        return moment
    day = on_the_wall(moment, clock.zone).date()
    same = [one for one in known if on_the_wall(one, clock.zone).date() == day]
    return same[0] if len(same) == 1 else None
