"""OpenStreetMap opening hours in plain words, rule by rule.

Only the everyday forms are put into words ("Mo-Fr 09:00-12:30,13:30-17:00; PH off"); a rule of
another form is shown as it was written, which is better than hiding it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from territories.words import hour_words, listed, sentence

from .holidays import is_holiday

DAYS = {
    "Mo": _("lundi"),
    "Tu": _("mardi"),
    "We": _("mercredi"),
    "Th": _("jeudi"),
    "Fr": _("vendredi"),
    "Sa": _("samedi"),
    "Su": _("dimanche"),
    "PH": _("jours fériés"),
    "SH": _("vacances scolaires"),
}
MIDNIGHT = "24:00"
_DAY = "|".join(DAYS)
_TIME = rf"(?:(?:[01]\d|2[0-3]):[0-5]\d|{MIDNIGHT})"
_RULE = re.compile(
    rf"(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?(?:,\s*(?:{_DAY})(?:-(?:{_DAY}))?)*)\s+"
    rf"(?P<times>off|closed|{_TIME}-{_TIME}(?:,\s*{_TIME}-{_TIME})*)"
)


@dataclass(frozen=True)
class Rule:
    """Codes of days ("Mo", "PH"), and periods as written ("09:00", "12:30"); none: closed."""

    days: tuple[str, ...]
    periods: tuple[tuple[str, str], ...]


def parsed(rule: str) -> Rule | None:
    """One rule; None when it is not of an everyday form."""
    found = _RULE.fullmatch(rule)
    if not found:
        return None
    closed = found["times"] in {"off", "closed"}
    periods = [] if closed else [part.strip().split("-") for part in found["times"].split(",")]
    return Rule(tuple(_days(found["days"])), tuple((start, end) for start, end in periods))


def _days(written: str) -> Iterator[str]:
    codes = list(DAYS)
    for part in written.split(","):
        first, _dash, last = part.strip().partition("-")
        at, to = codes.index(first), codes.index(last or first)
        # « Sa-Mo » goes round the end of the week.
        yield from codes[at : to + 1] if at <= to else [*codes[at:7], *codes[: to + 1]]


def in_words(hours: str) -> list[tuple[str, list[str]]]:
    """The rules in order: (days, periods); ("", [rule]) for what is not put into words."""
    return [_rule_in_words(rule.strip()) for rule in hours.split(";") if rule.strip()]


def _rule_in_words(rule: str) -> tuple[str, list[str]]:
    if rule == "24/7":
        return str(_("Tous les jours")), [str(_("Jour et nuit"))]
    found = _RULE.fullmatch(rule)
    if not found:
        return "", [rule]
    days = listed(_days_in_words(days.strip()) for days in found["days"].split(","))
    if found["times"] in {"off", "closed"}:
        return sentence(days), [str(_("Fermé"))]
    periods = [_period_in_words(period.strip()) for period in found["times"].split(",")]
    return sentence(days), periods


def periods(hours: str) -> list[tuple[list[str], str, str]]:
    """(days, opens, closes) of each period that is understood, as "Mo" and "09:00"."""
    found = []
    for rule in hours.split(";"):
        read = _RULE.fullmatch(rule.strip())
        if read and read["times"] not in {"off", "closed"}:
            days = [day for part in read["days"].split(",") for day in _each_day(part.strip())]
            for period in read["times"].split(","):
                opens, _dash, closes = period.strip().partition("-")
                found.append((days, opens, closes))
    return found


def _each_day(days: str) -> list[str]:
    """ "Fr-Mo" is four days."""
    first, _dash, last = days.partition("-")
    week = list(DAYS)[:7]
    if not last or first not in week or last not in week:
        return [first]
    start = week.index(first)
    count = (week.index(last) - start) % 7 + 1
    return [week[(start + day) % 7] for day in range(count)]


def _days_in_words(days: str) -> str:
    first, _dash, last = days.partition("-")
    if not last:
        return str(DAYS[first])
    return str(_("%(first)s à %(last)s") % {"first": DAYS[first], "last": DAYS[last]})


def _period_in_words(period: str) -> str:
    start, end = (_hour_in_words(hour) for hour in period.split("-"))
    return str(_("%(start)s à %(end)s") % {"start": start, "end": end})


def _hour_in_words(hour: str) -> str:
    return str(_("minuit")) if hour == MIDNIGHT else hour_words(time.fromisoformat(hour))


def rule_of_today(hours: str, day: date) -> int | None:
    """The last of the written rules that names the day, to be marked among them."""
    names = {"PH"} if is_holiday(day) else {list(DAYS)[day.weekday()]}
    rules = [parsed(rule.strip()) for rule in hours.split(";") if rule.strip()]
    named = [at for at, rule in enumerate(rules) if rule and names & set(rule.days)]
    return named[-1] if named else None
