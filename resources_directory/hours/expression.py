"""OpenStreetMap opening hours, read by `opening-hours-py`: the only parser of the house.

Everything is asked on the wall clock of the place, without a time zone: « 9 h » is what the clock
on the wall says, on the days when it changes too, and a text means the same on every island.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from opening_hours import OpeningHours, ParserError
from opening_hours import State as Found

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
STATES = {Found.OPEN: OPEN, Found.CLOSED: CLOSED, Found.UNKNOWN: UNKNOWN}
# The library knows the eleven holidays of the whole of France.
COUNTRY = "FR"
# Further changes are as good as none; the library would look for them until the year 9999.
FAR = 400
# Texts that are kept read: a national portal has a few thousand different ones.
KEPT = 8192

_COMMENT = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r'("[^"]*")')
# Nobody told the library where the sun rises nor when « 14:00+ » ends, and it takes what a fallback
# (« || ») would fill for closed.
_VAGUE = re.compile(r"\b(?:dawn|sunrise|sunset|dusk)\b|\d\d:\d\d\+|\|\|")
_DATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|easter)|\b\d{4}\b|\[|(?<!24)/"
)
# « sur rendez-vous », « RDV obligatoire »; not « sans rendez-vous ».
_APPOINTMENT = re.compile(
    r"(?<!sans )(?<!sans prise de )\b(?:rendez[- ]?vous|rdv)\b", re.IGNORECASE
)


class Unreadable(ValueError):
    """What is no opening hours; `at` is the place in the text where nothing is understood."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(text)
        self.text, self.at = text, at


@dataclass(frozen=True)
class Span:
    """Some time of one state, on the wall clock."""

    start: datetime
    end: datetime
    state: str
    comment: str = ""


@dataclass(frozen=True)
class Hours:
    """One expression, read."""

    text: str
    # Without its comments, as the library writes it again: what it names can be looked for.
    rules: str
    _with_holidays: OpeningHours = field(repr=False, compare=False)
    _without: OpeningHours = field(repr=False, compare=False)

    @cached_property
    def names_holidays(self) -> bool:
        return bool(re.search(r"\bPH\b", self.rules))

    @cached_property
    def is_always(self) -> bool:
        """Open day and night but for what is said: holidays need no rule of theirs."""
        return bool(re.match(r"24/7\s*(?:;|$)", self.rules))

    @cached_property
    def names_school(self) -> bool:
        """School holidays are not the same everywhere, nor every year: nobody knows them here."""
        return bool(re.search(r"\bSH\b", self.rules))

    @cached_property
    def is_vague(self) -> bool:
        """Whether some hour of it is unknown to the library, which then makes one up."""
        return bool(_VAGUE.search(self.rules))

    @cached_property
    def is_dated(self) -> bool:
        """Whether all weeks may not be alike, holidays left aside."""
        return bool(_DATED.search(self.rules))

    def spans(self, start: datetime, end: datetime, *, holidays: bool = True) -> Iterator[Span]:
        """What follows what from `start` to `end`; `holidays=False`: as in an ordinary week."""
        rules = self._with_holidays if holidays else self._without
        # A day around: what is cut would not look like the whole day that it is.
        for begun, ended, found, comment in rules.intervals(start - DAY, end + DAY):
            first, last = max(begun, start), min(ended, end)
            if first < last:
                yield Span(first, last, state_of(begun, ended, found, comment), comment)

    def state(self, moment: datetime) -> str:
        found, comment = self._with_holidays.state(moment)
        if not comment:
            return STATES[found]
        return next(self.spans(moment, moment + MINUTE)).state

    def day(self, day: date, *, holidays: bool = True) -> Iterator[Span]:
        start = datetime.combine(day, time.min)
        return self.spans(start, start + DAY, holidays=holidays)


def state_of(start: datetime, end: datetime, found: Found, comment: str) -> str:
    """The library calls open whatever bears a comment.

    An appointment is no open door; and a comment that stands alone (« "en soirée" ») is, by the
    specification, a question of that comment: it comes as a whole day, or more.
    """
    if found == Found.CLOSED:
        return CLOSED
    if found == Found.UNKNOWN or _APPOINTMENT.search(comment):
        return UNKNOWN
    return UNKNOWN if comment and is_whole_day(start, end) else OPEN


def is_whole_day(start: datetime, end: datetime) -> bool:
    return end - start >= DAY


def tidy(text: str) -> str:
    """Without what means nothing: spaces too many, line ends, a last semicolon."""
    parts = _QUOTED.split(text)
    # Comments are every second part: only their line ends go.
    spaced = [
        " ".join(part.split()) if at % 2 else re.sub(r"\s+", " ", part)
        for at, part in enumerate(parts)
    ]
    joined = "".join(spaced).strip()
    return re.sub(r"(?:\s*;)+$", "", re.sub(r"^(?:;\s*)+", "", joined))


def read(text: str) -> Hours:
    """Raises `Unreadable`."""
    written = tidy(text)
    try:
        with_holidays = _read(written, country=COUNTRY)
        without = _read(written)
    except ParserError as error:
        raise Unreadable(written, _place_of(error)) from error
    except UnicodeEncodeError as error:
        # Half a character, as some old files have.
        raise Unreadable(written, error.start) from error
    return Hours(written, _COMMENT.sub("", str(with_holidays)), with_holidays, without)


@lru_cache(KEPT)
def read_or_none(text: str) -> Hours | None:
    """None: it cannot be read, or nothing is written."""
    try:
        return read(text)
    except Unreadable:
        return None


def _read(text: str, country: str | None = None) -> OpeningHours:
    return OpeningHours(
        text,
        country=country,
        auto_country=False,
        auto_timezone=False,
        max_interval_days=FAR,
    )


def _place_of(error: ParserError) -> int:
    """ "--> 1:9", counted from one, where the library stopped."""
    found = re.search(r"--> \d+:(\d+)", str(error))
    return int(found[1]) - 1 if found else 0
