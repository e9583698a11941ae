"""XLSX: the sheet that holds the asked records, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from territories.importing.records import BadFile
from territories.spreadsheets.names import listed
from territories.spreadsheets.tables import Table

from .headers import find_header, read_rows
from .records import Resource, Sheet


def read_workbook(sheets: Sequence[Table], *, kind: Resource) -> Sheet:
    """Raises BadFile."""
    found = [
        (header, sheet)
        for sheet in sheets
        if (header := find_header(sheet.first, kind)) and header.kind is kind
    ]
    if not found:
        raise no_sheet(kind)
    header, sheet = max(found, key=lambda one: len(one[0].names))
    read = read_rows(sheet, header)
    notes = [*read.notes]
    if others := [other.title for other in sheets if other is not sheet]:
        notes.append(
            _("Feuilles qui ne sont pas lues ici : %(names)s.") % {"names": listed(others)}
        )
    return Sheet(read.lines, read.names, notes)


def no_sheet(kind: Resource) -> BadFile:
    if kind is Resource.SERVICE:
        return BadFile(
            _(
                "Ce classeur n’a pas de feuille de services : il y faut les colonnes « id », "
                "« nom » et « structure_id »."
            )
        )
    return BadFile(
        _(
            "Ce classeur n’a pas de feuille de structures : il y faut les colonnes « id » et "
            "« nom », sans « structure_id »."
        )
    )
