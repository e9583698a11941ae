"""The tables of a CSV or XLSX file that somebody else wrote, read line after line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from territories.importing.reading import check_size, text_of
from territories.importing.records import BadFile

from . import bounds
from .cells import unguarded
from .packages import ZIP, check_package, opened, rows_of

DELIMITERS = ";,\t|"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Row = Sequence[Any]


@dataclass(frozen=True)
class Table:
    """`place`: the file and the sheet, in words. `first`: lines among which one names the columns.
    `rows`: all of them, with their numbers, from the first one at each call."""

    place: str
    first: Sequence[Row]
    rows: Callable[[], Iterator[tuple[int, Row]]]
    title: str = ""

    def below(self, at: int) -> Iterator[tuple[int, Row]]:
        """What follows the line of this rank."""
        return islice(self.rows(), at + 1, None)

    def where(self, number: int) -> str:
        return _("%(place)s, ligne %(number)s") % {"place": self.place, "number": number}


@dataclass(frozen=True)
class Line:
    """One record of a file, by the names of its columns. `where`: its line, in words."""

    number: int
    where: str
    values: Mapping[str, Any]


@contextmanager
def tables_in(content: bytes, name: str) -> Iterator[tuple[list[Table], list[str]]]:
    """The tables of a file, and what is to be said of how it was read: a sheet each, or the same
    lines by each delimiter. Raises BadFile."""
    check_size(content)
    if content.startswith(ZIP):
        with sheets_in(content, name) as tables:
            yield tables, []
    else:
        text, notes = text_in(content)
        yield split(text, name), notes


@contextmanager
def sheets_in(content: bytes, name: str) -> Iterator[list[Table]]:
    """Of a workbook. Raises BadFile."""
    check_package(content)
    with opened(content) as book:
        yield [sheet_of(one, name) for one in list(book.worksheets)[: bounds.SHEETS]]


def sheet_of(sheet: Any, name: str) -> Table:
    place = _("%(file)s, feuille « %(sheet)s »") % {"file": name, "sheet": sheet.title}
    first = [row for _number, row in islice(rows_of(sheet), bounds.HEADER)]
    return Table(place, first, lambda: rows_of(sheet), sheet.title)


def text_in(content: bytes) -> tuple[str, list[str]]:
    """The text of a file that is no workbook, and what is to be said of it. Raises BadFile."""
    check_size(content)
    if content.startswith(OLD_EXCEL):
        raise BadFile(
            _("Ce classeur est à l’ancien format d’Excel, ou protégé : enregistrez-le en .xlsx.")
        )
    text, notes = text_of(content)
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if not start:
        raise BadFile(_("Ce fichier est vide."))
    if start.startswith("<"):
        raise BadFile(_("Ce fichier est une page web. Prenez le lien de l’export."))
    return text, notes


def split(text: str, name: str) -> list[Table]:
    """The same lines by each delimiter that a spreadsheet may have written."""
    return [
        Table(
            name,
            [row for _number, row in first_rows(text, delimiter)],
            lambda delimiter=delimiter: records_of(text, delimiter),
        )
        for delimiter in DELIMITERS
    ]


def first_rows(text: str, delimiter: str) -> list[tuple[int, Sequence[Any]]]:
    # Enough for a title, a licence and a header; a wrong delimiter must not read the whole file.
    return list(islice(records_of(text[:200_000], delimiter, is_strict=False), bounds.HEADER))


def records_of(
    text: str, delimiter: str, *, is_strict: bool = True
) -> Iterator[tuple[int, Sequence[Any]]]:
    """Each record with the number of its first line. Raises BadFile."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last = 0
    try:
        for row in reader:
            yield last + 1, [without_formula(cell) for cell in row]
            last = reader.line_num
            if last > bounds.LINES:
                raise BadFile(
                    _("Ce fichier a plus de %(number)s lignes. Coupez-le en plusieurs.")
                    % {"number": bounds.LINES}
                )
    except csv.Error as error:
        if is_strict:
            raise BadFile(
                _("Ce fichier ne se lit pas comme un tableau : voyez la ligne %(line)s.")
                % {"line": last + 1}
            ) from error


def without_formula(cell: str) -> str:
    """`="01004"` is how a spreadsheet is made to keep a zero; a guard is what exports write before
    a text that begins like a formula."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1]
    return unguarded(cell)
