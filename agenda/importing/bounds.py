"""How much is read of a file that somebody else wrote. Beyond, a sentence says so."""

from __future__ import annotations

from datetime import date
from time import monotonic

from django.utils.translation import gettext as _

from territories.importing.records import BadRecord

FILE_LINES = 1_000_000
RECORDS = 5_000
LINE = 200_000  # characters, unfolded
LINES = 4_000  # of one event
DEPTH = 20  # of calendar components in one another
# OpenAgenda's own limit; also that of exceptions, and of days a rule of no kind of ours is kept as.
DAYS = 800
DATES = 100  # kinds of hours in one event
# Of a rule that says how often, and of one read to its end: thirty years of every day.
COUNT = 1_000
STARTS = 12_000
RULES = 10  # of one event
RULE_VALUES = 400
INTERVAL = 1_000
LAST_YEAR = 2100  # some programs have no other way to say « without end »
TITLE = 200
IDENTIFIER = 200
TEXT = 20_000
SECONDS = 120


class Patience:
    """How long a file may keep us busy: beyond, its other records are refused."""

    def __init__(self) -> None:
        self.until = monotonic() + SECONDS

    def check(self) -> None:
        if monotonic() > self.until:
            raise BadRecord(_("le fichier est trop long à lire : coupez-le en plusieurs."))


def first_day(today: date) -> date:
    """From when on what has been going on for years is written out: last year.

    Whole years, so that a file read again tomorrow gives the same.
    """
    return date(today.year - 1, 1, 1)


def last_day(today: date, start: date) -> date:
    """Until when a rule without end is written out: to the end of next year, or of the year after
    it begins."""
    return date(min(max(today.year, start.year) + 1, LAST_YEAR), 12, 31)
