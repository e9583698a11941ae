"""Rows as a CSV file that a spreadsheet opens as it is, and that commands nothing to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from .cells import harmless

# Excel takes a file without this mark for one of the last century's alphabets.
MARK = "\ufeff"
# What Excel splits on in French, where the comma is the decimal sign.
SEPARATOR = ";"


def lines(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file, line by line, the mark first."""
    yield MARK + line(headings)
    for row in rows:
        yield line(row)


def line(cells: Sequence[object]) -> str:
    written = StringIO()
    csv.writer(written, delimiter=SEPARATOR).writerow([harmless(cell) for cell in cells])
    return written.getvalue()
