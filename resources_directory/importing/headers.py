"""Which line of a table names its columns, and what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories.importing.records import BadFile
from territories.open_data.formats import SAID_WITH_EACH_ROW
from territories.spreadsheets import bounds
from territories.spreadsheets.names import is_said, listed, name_of, shown
from territories.spreadsheets.tables import Line, Row, Table

from .old_names import OLD_NAMES
from .records import Resource, Sheet

IGNORE = "__ignore__"
STRUCTURE_ID = "structure_id"
DAY = "date_maj"
# Without these two, no line names columns.
NEEDED = {"id", "nom"}
IDENTITY = {"id", "source", STRUCTURE_ID, IGNORE}
YES = {"true", "1", "1.0", "x", "oui", "vrai", "yes"}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?")


def column_of(cell: Any) -> str:
    # The one name that has marks of its own.
    return IGNORE if str(cell).strip().casefold() == IGNORE else name_of(cell)


def known_names(kind: Resource) -> set[str]:
    return {*IDENTITY, *(one.name for one in kind.fields), *OLD_NAMES[kind]}


@dataclass
class Header:
    """`columns`: the names of data·inclusion by their place. `at`: how many lines come before."""

    at: int
    columns: dict[int, str]
    notes: list[str] = field(default_factory=list)
    # A second column of a name: it fills what the first leaves empty.
    doubles: dict[int, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.columns.values())

    @property
    def kind(self) -> Resource:
        return Resource.SERVICE if STRUCTURE_ID in self.names else Resource.STRUCTURE


def find_header(rows: Sequence[Row], kind: Resource) -> Header | None:
    """The line, among the first ones, that names most of what is known; None without any."""
    known = known_names(kind)
    best, most = None, 0
    for at, row in enumerate(rows[: bounds.HEADER]):
        names = {column_of(cell) for cell in row[: bounds.COLUMNS]} & known
        if names >= NEEDED and len(names) > most:
            best, most = at, len(names)
    return read_header(rows[best], best, known) if best is not None else None


def read_header(row: Row, at: int, known: set[str]) -> Header:
    header = Header(at, {})
    strange: list[str] = []
    twice: list[str] = []
    days: list[int] = []
    for place, cell in enumerate(row[: bounds.COLUMNS]):
        name = column_of(cell)
        if not name or name in SAID_WITH_EACH_ROW:
            continue
        if name not in known:
            (days if is_day(cell) else strange).append(place)
        elif name in header.names:
            header.doubles[place] = name
            twice.append(name)
        else:
            header.columns[place] = name
    if len(days) == 1 and DAY not in header.names:
        header.columns[days[0]] = DAY
        header.notes.append(taken_for_day(row[days[0]]))
    else:
        strange += days
    if twice:
        header.notes.append(
            _("Colonnes en double, dont la première compte : %(names)s.")
            % {"names": listed(dict.fromkeys(twice))}
        )
    if strange:
        names = dict.fromkeys(shown(row[place]) for place in sorted(strange))
        header.notes.append(
            _("Colonnes inconnues, laissées de côté : %(names)s.") % {"names": listed(names)}
        )
    return header


def taken_for_day(cell: Any) -> str:
    """A spreadsheet in which somebody has typed over the name: data·inclusion has just one day."""
    words = _("La colonne « %(name)s » a une date pour nom : elle est lue comme « date_maj ».")
    return words % {"name": shown(cell)}


def is_day(cell: Any) -> bool:
    return isinstance(cell, date) or bool(ISO_DAY.fullmatch(str(cell).strip()[:40]))


def read_rows(table: Table, header: Header) -> Sheet:
    """The records below a header. Raises BadFile."""
    lines: list[Line] = []
    ignored = 0
    for number, row in table.below(header.at):
        values = values_in(row, header)
        if not any(is_said(value) for name, value in values.items() if name != IGNORE):
            continue
        if is_yes(values.pop(IGNORE, None)):
            ignored += 1
            continue
        if len(lines) == bounds.RECORDS:
            raise too_many()
        lines.append(Line(number, table.where(number), values))
    notes = list(header.notes)
    if ignored:
        notes.append(
            ngettext(
                "Une ligne « __ignore__ » est laissée de côté.",
                "%(number)s lignes « __ignore__ » sont laissées de côté.",
                ignored,
            )
            % {"number": ignored}
        )
    return Sheet(lines, header.names - {IGNORE}, notes)


def values_in(row: Row, header: Header) -> dict[str, Any]:
    found = {name: row[place] for place, name in header.columns.items() if place < len(row)}
    for place, name in header.doubles.items():
        if place < len(row) and not is_said(found.get(name)):
            found[name] = row[place]
    return found


def is_yes(value: Any) -> bool:
    return str(value).strip().casefold() in YES


def too_many() -> BadFile:
    return BadFile(
        _("Ce fichier compte plus de %(number)s fiches. Coupez-le en plusieurs.")
        % {"number": bounds.RECORDS}
    )
