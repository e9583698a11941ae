"""The closures of a place joined to its hours, which stay as they were written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from .expression import read_or_none

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# People who plan to come are told before.
AHEAD = timedelta(days=14)


class Days(Protocol):
    """A `Closure`, as far as hours know it: both days are closed."""

    first_day: date
    last_day: date
    note: str


def joined(text: str, closures: Iterable[Days]) -> str:
    """One expression: « Mo-Fr 09:00-12:00; 2026 Dec 24-2027 Jan 2 off "Congés" ».

    A text that cannot be read stays as it is: of its other days nothing is known.
    """
    if text and not read_or_none(text):
        return text
    return "; ".join(filter(None, [text, *map(rule, closures)]))


def rule(closure: Days) -> str:
    first, last = closure.first_day, closure.last_day
    days = _day(first) if first == last else f"{_day(first)}-{_day(last)}"
    note = " ".join(closure.note.replace('"', "”").split())
    return f'{days} off "{note}"' if note else f"{days} off"


def shown(closures: Iterable[Days], today: date) -> list[Days]:
    """Those that last, or begin within two weeks, in order."""
    found = [one for one in closures if one.last_day >= today and one.first_day <= today + AHEAD]
    return sorted(found, key=lambda one: (one.first_day, one.last_day))


def in_force(closures: Iterable[Days], day: date) -> Days | None:
    """The one that covers the day; the one that ends last when there are several."""
    found = [one for one in closures if one.first_day <= day <= one.last_day]
    return max(found, key=lambda one: one.last_day, default=None)


def _day(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"
