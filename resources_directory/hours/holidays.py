"""Public holidays: those of all of France, as the library knows them, and those of some places.

The library knows one France. What the law adds in seven departments overseas and in Alsace-Moselle
stands here as dates that it reads too; what a place does there on such a day is not told by `PH`,
so nobody says it. New Caledonia, Polynesia, Wallis-and-Futuna and Saint-Pierre-et-Miquelon have
holidays of their own that are not known here.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from .expression import OPEN, read

NATIONAL = "PH"
# Code du travail, articles L3134-13 (Alsace-Moselle) and L3422-2 (the end of slavery).
ALSACE_MOSELLE = "easter -2 days,Dec 26"
LOCAL = {
    "57": ALSACE_MOSELLE,
    "67": ALSACE_MOSELLE,
    "68": ALSACE_MOSELLE,
    "971": "May 27",
    "972": "May 22",
    "973": "Jun 10",
    "974": "Dec 20",
    "976": "Apr 27",
    "977": "Oct 9",
    "978": "May 28",
}


def is_holiday(day: date) -> bool:
    return _covers(NATIONAL, day)


def is_local_holiday(day: date, insee: str) -> bool:
    """`insee`: of the commune; its postcode says the same of these departments."""
    local = LOCAL.get(insee[: 3 if insee.startswith("97") else 2])
    return bool(local) and not is_holiday(day) and _covers(local, day)


@lru_cache(4096)
def _covers(rule: str, day: date) -> bool:
    return any(span.state == OPEN for span in read(rule).day(day))
