"""Rows as a CSV file that a spreadsheet opens as it is, and that commands nothing to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

# What spreadsheets begin a formula with, in their full-width forms too (OWASP, CSV injection).
COMMANDS = "=+-@\t\r\n＝＋－＠"
# Excel takes a file without this mark for one of the last century's alphabets.
MARK = "\ufeff"
# What Excel splits on in French, where the comma is the decimal sign.
SEPARATOR = ";"


def harmless(cell: object) -> str:
    """The text of a cell, behind an apostrophe where a spreadsheet would take it for a formula.

    A number commands nothing: a longitude west of Greenwich keeps its sign."""
    text = str(cell)
    if isinstance(cell, int | float):
        return text
    return f"'{text}" if text.lstrip(" ").startswith(tuple(COMMANDS)) else text


def lines(headings: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file, line by line, the mark first."""
    yield MARK + line(headings)
    for row in rows:
        yield line(row)


def line(cells: Sequence[object]) -> str:
    written = StringIO()
    csv.writer(written, delimiter=SEPARATOR).writerow([harmless(cell) for cell in cells])
    return written.getvalue()
