"""Days as browsers send them and as people type them."""

from __future__ import annotations

import re
from datetime import date

# What a date field of a browser sends, and what people type where there is none.
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII)
FRENCH = re.compile(r"(?P<day>\d\d?)[/.](?P<month>\d\d?)[/.](?P<year>\d{4})", re.ASCII)
YEARS = range(2000, 2101)


def read_date(words: str) -> date:
    """Raise ValueError for what is no date of this century."""
    found = ISO.fullmatch(words) or FRENCH.fullmatch(words)
    if found is None:
        raise ValueError(words)
    day = date(**{name: int(value) for name, value in found.groupdict().items()})
    if day.year not in YEARS:
        raise ValueError(words)
    return day
