"""Hours as people type them, a line a weekday, made into an expression; and back.

« 9h-12h30 et 14h-17h », « de 9 h à midi », « fermé », « sur rendez-vous », « 9h-12h (sonnez) ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from .days import Periods, days_of
from .expression import CLOSED, DAY, Hours, Span, read_or_none

CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
CLOSED_WORDS = {"fermé", "ferme", "fermée", "closed", "off"}
CLOSED_ON_HOLIDAYS = "PH off"
# What ends so early ends on the next morning.
MORNING = 6 * 60
MIDNIGHT = 24 * 60

_HOUR = (
    r"(?:(?P<{0}h>\d{{1,2}})\s*(?:[h:.]\s*(?P<{0}m>\d{{2}}(?!\s*[\dh:.]))?)?|(?P<{0}w>midi|minuit))"
)
_PERIOD = re.compile(
    rf"(?:de\s+)?{_HOUR.format('s')}\s*(?:-|–|—|à|a|jusqu’à|/)\s*{_HOUR.format('e')}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|\bet\b|\bpuis\b|\s)\s*(?:\bde\b\s*)?", re.IGNORECASE)
_NOTE = re.compile(r"\((?P<note>[^()]*)\)\s*$")
_APPOINTMENT = re.compile(r"(?P<note>(?:sur|sans)\s+(?:rendez[- ]?vous|rdv))\s*$", re.IGNORECASE)


class NotUnderstood(ValueError):
    """Says why, in a sentence that follows the name of the day; `day`: its number."""

    day = 0


@dataclass(frozen=True)
class Typed:
    """A line for each weekday, Monday first, and whether the place is closed on holidays."""

    lines: tuple[str, ...] = ("",) * 7
    closed_on_holidays: bool = False


def expression(typed: Typed) -> str:
    """Raises `NotUnderstood`, with the number of the day as `.day`."""
    found: list[str] = []
    for number, line in enumerate(typed.lines):
        try:
            found.append(selected(line))
        except NotUnderstood as error:
            error.day = number
            raise
    if not any(line.strip() for line in typed.lines):
        return ""
    rules, start = [], 0
    for number in range(1, 8):
        if number == 7 or found[number] != found[start]:
            if found[start]:
                last = number - 1
                days = CODES[start] if last == start else f"{CODES[start]}-{CODES[last]}"
                rules.append(f"{days} {found[start]}")
            start = number
    if typed.closed_on_holidays and rules:
        rules.append(CLOSED_ON_HOLIDAYS)
    return "; ".join(rules) or "off"


def selected(line: str) -> str:
    """The times of a day in an expression: « 09:00-12:30,14:00-17:00 "sonnez" »; "": closed."""
    words = " ".join(line.replace("'", "’").split())
    if not words or words.lower().rstrip(".") in {*CLOSED_WORDS, _("fermé")}:
        return ""
    note = ""
    if noted := _NOTE.search(words) or _APPOINTMENT.search(words):
        note, words = noted["note"].strip(), words[: noted.start()].strip(" ,")
    if '"' in note:
        raise NotUnderstood(_("enlevez les guillemets."))
    times = ",".join(_times(words)) if words else ""
    quoted = f'"{note}"' if note else ""
    return " ".join(part for part in (times, quoted) if part)


def _times(words: str) -> list[str]:
    if words.lower() in {"24h/24", "24 h/24", "jour et nuit"}:
        return ["00:00-24:00"]
    found: list[str] = []
    at, last = 0, -1
    while at < len(words):
        if found:
            between = _BETWEEN.match(words, at)
            at = between.end() if between else at
        period = _PERIOD.match(words, at)
        if not period:
            raise NotUnderstood(
                _(
                    "« %(words)s » n’est pas compris. Écrivez par exemple « 9h-12h30 et 14h-17h », "
                    "« fermé » ou « sur rendez-vous »."
                )
                % {"words": words[at:][:40]}
            )
        start, end = _minutes(period, "s"), _minutes(period, "e")
        if end == 0:
            end = MIDNIGHT
        if start >= MIDNIGHT or (end <= start and end > MORNING):
            raise NotUnderstood(_("« %(words)s » finit avant de commencer.") % {"words": period[0]})
        if start < last:
            raise NotUnderstood(
                _("« %(words)s » commence avant la fin de ce qui précède.") % {"words": period[0]}
            )
        last = end if end > start else MIDNIGHT
        found.append(f"{_clock(start)}-{_clock(end)}")
        at = period.end()
    return found


def _minutes(period: re.Match, which: str) -> int:
    if word := period[f"{which}w"]:
        return 0 if word.lower() == "minuit" else 12 * 60
    hour, minute = int(period[f"{which}h"]), int(period[f"{which}m"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise NotUnderstood(_("« %(words)s » : une heure va de 0h à 24h.") % {"words": period[0]})
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def typed(text: str) -> Typed | None:
    """The lines that say exactly what an expression says; None when none do."""
    if not text:
        return Typed()
    hours = read_or_none(text)
    if hours is None or hours.is_vague or hours.names_school or hours.is_dated:
        return None
    days = days_of(hours, SOME_MONDAY, 7, holidays=False)
    lines = [_line(periods) for periods in days]
    found = Typed(tuple(lines), hours.names_holidays)
    try:
        again = read_or_none(expression(found))
    except NotUnderstood:
        return None
    return found if again and _are_alike(hours, again) else None


SOME_MONDAY = date(2024, 1, 1)
# A holiday on each weekday.
HOLIDAYS = [
    date(*day)
    for day in (
        *((2024, 4, 1), (2025, 11, 11), (2024, 5, 1), (2025, 5, 1)),
        *((2024, 11, 1), (2025, 11, 1), (2024, 7, 14)),
    )
]


def _are_alike(one: Hours, other: Hours) -> bool:
    """Of two expressions in which all weeks are alike, holidays left aside."""
    if one.names_holidays != other.names_holidays or one.is_always != other.is_always:
        return False
    start = datetime.combine(SOME_MONDAY, time.min)
    if _spans(one, start, 8, holidays=False) != _spans(other, start, 8, holidays=False):
        return False
    eves = [datetime.combine(day, time.min) - DAY for day in HOLIDAYS]
    return all(_spans(one, eve, 3) == _spans(other, eve, 3) for eve in eves)


def _spans(hours: Hours, start: datetime, days: int, *, holidays: bool = True) -> list[Span]:
    return list(hours.spans(start, start + days * DAY, holidays=holidays))


def _line(periods: Periods) -> str:
    if not periods:
        return _("fermé")
    notes = {period.comment for period in periods}
    note = notes.pop() if len(notes) == 1 else ""
    said = f"({note})" if note and not _APPOINTMENT.fullmatch(note) else note
    if all(period.state == CLOSED for period in periods):
        return _("fermé")
    if note and periods[0].is_whole_day:
        return said
    # The line is read in French whatever the language of the page: so is what people type.
    times = " et ".join(
        f"{_typed_hour(period.start)}-{_typed_hour(period.end, end=True)}" for period in periods
    )
    return f"{times} {said}".strip()


def _typed_hour(hour: time, *, end: bool = False) -> str:
    if end and hour == time.min:
        return "24h"
    return f"{hour.hour}h{hour.minute:02}" if hour.minute else f"{hour.hour}h"
