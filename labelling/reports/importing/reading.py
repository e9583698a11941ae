"""From the bytes of a CSV or XLSX file to its lines, by the names of `table.TO_IMPORT`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from labelling.models import Report
from labelling.models.reports import HELD
from labelling.reports import table
from territories.importing.records import BadFile
from territories.spreadsheets import bounds
from territories.spreadsheets.names import is_said, listed, name_of, shown
from territories.spreadsheets.tables import Line, Row, Table, tables_in
from territories.words import in_every_language

TAKEN = [column.name for column in table.TO_IMPORT]
KNOWN = {column.name for column in table.COLUMNS}
NEEDED = {table.NUMBER, table.MOMENT}
SAID = {**table.FIGURES, **table.TEXTS, HELD: table.CRITERIA}


@dataclass(frozen=True)
class Header:
    at: int
    columns: Mapping[int, str]
    strange: Sequence[str] = ()


@dataclass
class Reports:
    lines: list[Line]
    names: frozenset[str] = frozenset()
    notes: list[str] = field(default_factory=list)


def read_table(content: bytes, name: str) -> Reports:
    """Raises BadFile."""
    with tables_in(content, name) as (tables, notes):
        found = [(header, table) for table in tables if (header := find_header(table.first))]
        if not found:
            raise no_columns()
        header, table = max(found, key=lambda one: len(one[0].columns))
        return read_rows(table, header, notes)


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


def read_rows(table: Table, header: Header, notes: list[str]) -> Reports:
    lines: list[Line] = []
    for number, row in table.below(header.at):
        values = {name: row[at] for at, name in header.columns.items() if at < len(row)}
        if not any(is_said(value) for value in values.values()):
            continue
        if len(lines) == bounds.RECORDS:
            raise BadFile(
                _("Ce fichier compte plus de %(number)s bilans. Coupez-le en plusieurs.")
                % {"number": bounds.RECORDS}
            )
        lines.append(Line(number, table.where(number), values))
    if header.strange:
        notes = [
            *notes,
            _("Colonnes inconnues, laissées de côté : %(names)s.")
            % {"names": listed(header.strange)},
        ]
    return Reports(lines, frozenset(header.columns.values()), notes)


def no_columns() -> BadFile:
    return BadFile(
        _(
            "Ce fichier n’a pas de ligne qui nomme ses colonnes : il faut au moins « numero » et "
            "« moment ». Partez du modèle."
        )
    )
