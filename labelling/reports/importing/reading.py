"""From the bytes of a CSV or XLSX file to its lines, by the names of `table.TO_IMPORT`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from labelling.models import Report
from labelling.models.reports import HELD
from labelling.reports import table
from resources_directory.importing import bounds
from resources_directory.importing.delimited import DELIMITERS, first_rows, records_of
from resources_directory.importing.headers import is_said, listed, name_of, shown
from resources_directory.importing.workbook import check_package, opened, rows_of
from territories.importing.reading import check_size, text_of
from territories.importing.records import BadFile
from territories.words import in_every_language

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TAKEN = [column.name for column in table.TO_IMPORT]
KNOWN = {column.name for column in table.COLUMNS}
NEEDED = {table.NUMBER, table.MOMENT}
SAID = {**table.FIGURES, **table.TEXTS, HELD: table.CRITERIA}

Row = Sequence[Any]


@dataclass(frozen=True)
class Line:
    """`where`: in words. `values`: of the columns that the file has."""

    number: int
    where: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Header:
    at: int
    columns: Mapping[int, str]
    strange: Sequence[str] = ()


@dataclass
class Table:
    lines: list[Line]
    names: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)


def read_table(content: bytes, name: str) -> Table:
    """Raises BadFile."""
    check_size(content)
    if content.startswith(ZIP):
        return read_workbook(content, name)
    if content.startswith(OLD_EXCEL):
        raise BadFile(
            _("Ce classeur est à l’ancien format d’Excel, ou protégé : enregistrez-le en .xlsx.")
        )
    text, notes = text_of(content)
    if not text.strip():
        raise BadFile(_("Ce fichier est vide."))
    found = [
        (header, delimiter)
        for delimiter in DELIMITERS
        if (header := find_header([row for _number, row in first_rows(text, delimiter)]))
    ]
    if not found:
        raise no_columns()
    header, delimiter = max(found, key=lambda one: len(one[0].columns))
    rows = islice(records_of(text, delimiter), header.at + 1, None)
    return read_rows(rows, header, name, notes)


def read_workbook(content: bytes, name: str) -> Table:
    check_package(content)
    with opened(content) as book:
        for sheet in list(book.worksheets)[:50]:
            rows = [row for _number, row in islice(rows_of(sheet), bounds.HEADER)]
            if header := find_header(rows):
                place = _("%(file)s, feuille « %(sheet)s »") % {"file": name, "sheet": sheet.title}
                return read_rows(islice(rows_of(sheet), header.at + 1, None), header, place, [])
    raise no_columns()


def find_header(rows: Sequence[Row]) -> Header | None:
    """The first line that names what is needed."""
    for at, row in enumerate(rows[: bounds.HEADER]):
        columns: dict[int, str] = {}
        strange: list[str] = []
        for place, cell in enumerate(row[: bounds.COLUMNS]):
            column = column_of(cell)
            if column in TAKEN and column not in columns.values():
                columns[place] = column
            elif column and column not in KNOWN:
                strange.append(shown(cell))
        if set(columns.values()) >= NEEDED:
            return Header(at, columns, strange)
    return None


def column_of(cell: Any) -> str:
    name = name_of(cell)
    return name if name in KNOWN else names().get(name, name)


@cache
def names() -> Mapping[str, str]:
    """Columns by other names: of the fields, and of what the site calls them in its languages."""
    said = {
        name_of(words): column
        for field, column in SAID.items()
        for words in in_every_language(Report._meta.get_field(field).verbose_name)
    }
    return {**said, **table.ALSO}


def read_rows(
    rows: Iterable[tuple[int, Row]], header: Header, place: str, notes: list[str]
) -> Table:
    lines: list[Line] = []
    for number, row in rows:
        values = {name: row[at] for at, name in header.columns.items() if at < len(row)}
        if not any(is_said(value) for value in values.values()):
            continue
        if len(lines) == bounds.RECORDS:
            raise BadFile(
                _("Ce fichier compte plus de %(number)s bilans. Coupez-le en plusieurs.")
                % {"number": bounds.RECORDS}
            )
        where = _("%(place)s, ligne %(number)s") % {"place": place, "number": number}
        lines.append(Line(number, where, values))
    if header.strange:
        notes = [
            *notes,
            _("Colonnes inconnues, laissées de côté : %(names)s.")
            % {"names": listed(header.strange)},
        ]
    return Table(lines, frozenset(header.columns.values()), notes)


def no_columns() -> BadFile:
    return BadFile(
        _(
            "Ce fichier n’a pas de ligne qui nomme ses colonnes : il faut au moins « numero » et "
            "« moment ». Partez du modèle."
        )
    )
