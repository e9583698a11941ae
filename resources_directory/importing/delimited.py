"""CSV, as spreadsheets write it: the line that names the columns, and the records below it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from territories.importing.records import BadFile
from territories.spreadsheets.tables import Table

from .headers import Header, find_header, read_rows
from .records import Resource, Sheet


def read_csv(tables: Sequence[Table], *, kind: Resource) -> Sheet:
    """`tables`: the file, by each delimiter. Raises BadFile."""
    found = [(header, table) for table in tables if (header := find_header(table.first, kind))]
    if not found:
        raise no_columns()
    header, table = max(found, key=lambda one: len(one[0].names))
    check_kind(header, kind)
    return read_rows(table, header)


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
