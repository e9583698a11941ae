"""Whether a place is open at this moment, and when it opens next.

Nothing is said when a rule is of a form that is not understood: a closed door costs a bus ticket.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from territories.words import hour_words

from .holidays import is_holiday
from .opening_hours import DAYS, MIDNIGHT, Rule, parsed

WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# School holidays are not the same everywhere, nor every year.
UNKNOWN = "SH"


@dataclass(frozen=True)
class State:
    words: str
    is_open: bool

    @property
    def is_shut(self) -> bool:
        return not self.is_open


@dataclass(frozen=True)
class Hours:
    """The rules of a place, and the place of each among those that were written."""

    rules: list[Rule | None]

    def of_day(self, day: date) -> int | None:
        """Which rule is in force: the last one that names the day, as OpenStreetMap has it."""
        names = {"PH"} if is_holiday(day) else {WEEK[day.weekday()]}
        return next(
            (
                at
                for at, rule in reversed(list(enumerate(self.rules)))
                if rule and names & set(rule.days)
            ),
            None,
        )

    def periods(self, day: date) -> tuple[tuple[str, str], ...]:
        at = self.of_day(day)
        return () if at is None else self.rules[at].periods

    def is_known(self, day: date) -> bool:
        """A holiday that no rule names is not a day like another."""
        return not is_holiday(day) or self.of_day(day) is not None


def rule_of_today(hours: str, day: date) -> int | None:
    """Which of the written rules is in force that day, to be marked among them."""
    return Hours([parsed(rule) for rule in written(hours)]).of_day(day)


def written(hours: str) -> list[str]:
    return [rule.strip() for rule in hours.split(";") if rule.strip()]


def is_plain(rule: Rule) -> bool:
    """No day that depends on the school, no period that ends on the next morning."""
    return UNKNOWN not in rule.days and all(start < end for start, end in rule.periods)


def state(hours: str, now: datetime) -> State | None:
    """`now`: on the wall clock of the place. None: it cannot be told."""
    if hours.strip() == "24/7":
        return State(_("Ouvert jour et nuit"), True)
    rules = [parsed(rule) for rule in written(hours)]
    if not rules or not all(rule and is_plain(rule) for rule in rules):
        return None
    found, clock = Hours(rules), now.strftime("%H:%M")
    if not found.is_known(now.date()):
        return None
    for start, end in found.periods(now.date()):
        if start <= clock < end:
            return State(_("Ouvert, jusqu’à %(hour)s") % {"hour": hour(end)}, True)
    return next_opening(found, now.date(), clock)


def next_opening(found: Hours, today: date, clock: str) -> State | None:
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        if not found.is_known(day):
            break
        starts = [start for start, _end in found.periods(day) if ahead or start > clock]
        if starts:
            return State(_opens(ahead, day, hour(min(starts))), False)
    return State(_("Fermé en ce moment"), False)


def _opens(ahead: int, day: date, hour: str) -> str:
    if not ahead:
        return _("Fermé, ouvre à %(hour)s") % {"hour": hour}
    if ahead == 1:
        return _("Fermé, ouvre demain à %(hour)s") % {"hour": hour}
    return _("Fermé, ouvre %(day)s à %(hour)s") % {"day": DAYS[WEEK[day.weekday()]], "hour": hour}


def hour(written: str) -> str:
    return _("minuit") if written == MIDNIGHT else hour_words(time.fromisoformat(written))
