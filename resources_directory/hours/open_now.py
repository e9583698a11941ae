"""Whether a place is open at a moment, and when it opens next.

Nothing is said of what cannot be told: a closed door costs a bus ticket.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from territories.words import day_words, hour_words

from .expression import CLOSED, KEPT, MINUTE, OPEN, UNKNOWN, Hours, read_or_none
from .holidays import is_holiday, is_local_holiday

# An opening that is further away is of no use at the door.
AHEAD = timedelta(days=60)
# Open for longer than this without a break: day and night.
FOR_LONG = timedelta(days=7)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class State:
    """`opens`: when, of a closed place of which it is known."""

    words: str
    is_open: bool
    opens: datetime | None = None

    @property
    def is_shut(self) -> bool:
        return not self.is_open


def open_at(texts: Iterable[str], moment: datetime) -> dict[str, bool | None]:
    """Which of these expressions are open: yes, no, or None when it cannot be told.

    `texts`: OpenStreetMap expressions as they are stored, as many and as odd as may be; each
    different one is evaluated once, then kept for that minute. `moment`: on the wall clock of the
    places (`timezone.localtime(timezone=zone_of(territory))`); whether it is aware does not matter.

    Holidays of one department are unknown to a text: those are left to `state`.
    """
    minute = on_the_wall(moment)
    return {text: _is_open(text, minute) for text in set(texts)}


@lru_cache(2 * KEPT)
def _is_open(text: str, minute: datetime) -> bool | None:
    hours = read_or_none(text)
    if hours is None or not can_tell(hours, minute.date()):
        return None
    return {OPEN: True, CLOSED: False, UNKNOWN: None}[hours.state(minute)]


def on_the_wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def can_tell(hours: Hours, day: date, insee: str = "") -> bool:
    """A holiday that no rule names is not a day like another."""
    if hours.is_vague or hours.names_school or is_local_holiday(day, insee):
        return False
    return hours.names_holidays or hours.is_always or not is_holiday(day)


def state(text: str, now: datetime, insee: str = "") -> State | None:
    """`now`: on the wall clock of the place; `insee`: of its commune. None: it cannot be told."""
    hours, minute = read_or_none(text), on_the_wall(now)
    if hours is None or not can_tell(hours, minute.date(), insee):
        return None
    # Read no further than what is told: a page of actors has hundreds of doors.
    following = hours.spans(minute, minute + AHEAD)
    first = next(following)
    if first.state == UNKNOWN:
        return None
    if first.state == OPEN:
        # What comes next may be open too, under another comment.
        ends = [first, *takewhile(lambda span: span.state == OPEN, following)]
        return State(_until(minute, ends[-1].end), True)
    for span in following:
        if span.state == UNKNOWN or not _is_told(hours, minute, span.start, insee):
            break
        if span.state == OPEN:
            return State(_opens(minute, span.start), False, span.start)
    return State(_("Fermé en ce moment"), False)


def _is_told(hours: Hours, now: datetime, until: datetime, insee: str) -> bool:
    """Whether no day between is one of which nothing can be said."""
    days = (until.date() - now.date()).days
    return all(can_tell(hours, now.date() + timedelta(ahead), insee) for ahead in range(days + 1))


def _until(now: datetime, end: datetime) -> str:
    if end - now >= FOR_LONG:
        return _("Ouvert jour et nuit")
    if end - now <= timedelta(days=1):
        return _("Ouvert, jusqu’à %(hour)s") % {"hour": end_words(end.time())}
    # Midnight ends the day before.
    day, hour = date_format((end - MINUTE).date(), "l"), end_words(end.time())
    return _("Ouvert, jusqu’à %(day)s à %(hour)s") % {"day": day, "hour": hour}


def _opens(now: datetime, start: datetime) -> str:
    ahead, hour = (start.date() - now.date()).days, hour_words(start.time())
    if not ahead:
        return _("Fermé, ouvre à %(hour)s") % {"hour": hour}
    if ahead == 1:
        return _("Fermé, ouvre demain à %(hour)s") % {"hour": hour}
    day = date_format(start.date(), "l") if ahead < WEEK.days else day_words(start.date())
    return _("Fermé, ouvre %(day)s à %(hour)s") % {"day": day, "hour": hour}


def end_words(hour: time) -> str:
    return _("minuit") if hour == time.min else hour_words(hour)
