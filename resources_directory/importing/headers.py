"""Which line of a table names its columns, and what they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories.importing.records import BadFile
from territories.importing.texts import one_line
from territories.open_data.formats import SAID_WITH_EACH_ROW

from . import bounds
from .old_names import OLD_NAMES
from .records import Line, Resource, Sheet

IGNORE = "__ignore__"
STRUCTURE_ID = "structure_id"
DAY = "date_maj"
# Without these two, no line names columns.
NEEDED = {"id", "nom"}
IDENTITY = {"id", "source", STRUCTURE_ID, IGNORE}
YES = {"true", "1", "1.0", "x", "oui", "vrai", "yes"}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?")

Row = Sequence[Any]


def known_names(kind: Resource) -> set[str]:
    return {*IDENTITY, *(one.name for one in kind.fields), *OLD_NAMES[kind]}


def name_of(cell: Any) -> str:
    """« Code postal * » → `code_postal`."""
    text = one_line(cell)[:200].casefold()
    if text == IGNORE:
        return text
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


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
        names = {name_of(cell) for cell in row[: bounds.COLUMNS]} & known
        if names >= NEEDED and len(names) > most:
            best, most = at, len(names)
    return read_header(rows[best], best, known) if best is not None else None


def read_header(row: Row, at: int, known: set[str]) -> Header:
    header = Header(at, {})
    strange: list[str] = []
    twice: list[str] = []
    days: list[int] = []
    for place, cell in enumerate(row[: bounds.COLUMNS]):
        name = name_of(cell)
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


def shown(cell: Any) -> str:
    text = one_line(cell)
    return f"{text[:39]}…" if len(text) > 40 else text


def listed(names: Iterable[str]) -> str:
    found = list(names)
    more = len(found) - bounds.NAMED
    said = ", ".join(f"« {name} »" for name in found[: bounds.NAMED])
    if more > 0:
        said += " " + ngettext("et %(n)s autre", "et %(n)s autres", more) % {"n": more}
    return said


def read_rows(rows: Iterable[tuple[int, Row]], header: Header, place: str) -> Sheet:
    """The records below a header. `rows`: with the number of their line; `place`: the file and the
    sheet, in words. Raises BadFile."""
    lines: list[Line] = []
    ignored = 0
    for number, row in rows:
        values = values_in(row, header)
        if not any(is_said(value) for name, value in values.items() if name != IGNORE):
            continue
        if is_yes(values.pop(IGNORE, None)):
            ignored += 1
            continue
        if len(lines) == bounds.RECORDS:
            raise too_many()
        where = _("%(place)s, ligne %(number)s") % {"place": place, "number": number}
        lines.append(Line(number, where, values))
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


def is_said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def is_yes(value: Any) -> bool:
    return str(value).strip().casefold() in YES


def too_many() -> BadFile:
    return BadFile(
        _("Ce fichier compte plus de %(number)s fiches. Coupez-le en plusieurs.")
        % {"number": bounds.RECORDS}
    )
