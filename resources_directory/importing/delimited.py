"""CSV, as spreadsheets write it: any delimiter, words before the names of the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from territories.importing.records import BadFile
from territories.spreadsheets.cells import unguarded

from . import bounds
from .headers import Header, find_header, read_rows
from .records import Resource, Sheet

DELIMITERS = ";,\t|"


def read_csv(text: str, *, kind: Resource, name: str) -> Sheet:
    """Raises BadFile."""
    found = [
        (header, delimiter)
        for delimiter in DELIMITERS
        if (header := find_header([row for _n, row in first_rows(text, delimiter)], kind))
    ]
    if not found:
        raise no_columns()
    header, delimiter = max(found, key=lambda one: len(one[0].names))
    check_kind(header, kind)
    rows = islice(records_of(text, delimiter), header.at + 1, None)
    return read_rows(rows, header, name)


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


def no_columns() -> BadFile:
    return BadFile(
        _(
            "Ce fichier n’a pas de ligne qui nomme ses colonnes comme data·inclusion : il faut au "
            "moins « id » et « nom »."
        )
    )


def check_kind(header: Header, kind: Resource) -> None:
    if header.kind is kind:
        return
    if header.kind is Resource.SERVICE:
        raise BadFile(_("Ce fichier décrit des services : donnez-le par --services."))
    raise BadFile(
        _("Ce fichier n’a pas de colonne « structure_id » : est-ce celui des structures ?")
    )
