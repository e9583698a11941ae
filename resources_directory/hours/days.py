"""The hours of single days, as people count them: a night belongs to the day on which it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .expression import CLOSED, DAY, Hours, Span, is_whole_day

# What ends before noon and is shorter than a day is the end of a night.
MORNING = timedelta(hours=12)


@dataclass(frozen=True)
class Period:
    """From `start` to `end` (midnight, or an hour of the next morning, may end it)."""

    start: time
    end: time
    state: str
    comment: str = ""

    @property
    def is_whole_day(self) -> bool:
        return self.start == self.end == time.min


Periods = tuple[Period, ...]


def days_of(hours: Hours, first: date, count: int, *, holidays: bool = True) -> list[Periods]:
    """The periods of `count` days from `first`, in order; none: closed without a word."""
    start = datetime.combine(first, time.min)
    found: dict[date, list[Period]] = defaultdict(list)
    # A day before, for the night that began there.
    for span in hours.spans(start - DAY, start + (count + 1) * DAY, holidays=holidays):
        if span.state == CLOSED and not (span.comment and is_whole_day(span.start, span.end)):
            continue
        for begun, ended in nights(span):
            period = Period(begun.time(), ended.time(), span.state, span.comment)
            found[begun.date()].append(period)
    return [tuple(found[first + ahead * DAY]) for ahead in range(count)]


def nights(span: Span) -> Iterator[tuple[datetime, datetime]]:
    """One piece a day."""
    start, end = span.start, span.end
    while start < end:
        midnight = datetime.combine(start.date(), time.min) + DAY
        if end <= midnight or (end - start < DAY and end <= midnight + MORNING):
            yield start, end
            return
        yield start, midnight
        start = midnight


def same_each_week(days: Iterable[tuple[date, Periods]]) -> dict[int, Periods] | None:
    """The periods of each weekday when it has always the same; None when it has not."""
    found: dict[int, Periods] = {}
    for day, periods in days:
        if found.setdefault(day.weekday(), periods) != periods:
            return None
    return found
