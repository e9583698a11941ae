"""From bytes to records: what the file is, and what it holds of one kind."""

from __future__ import annotations

from django.utils.translation import gettext as _

from territories.importing.reading import check_size, text_of
from territories.importing.records import BadFile

from .delimited import read_csv
from .json_records import read_json
from .records import File, Resource, Sheet
from .workbook import read_workbook

ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_sheet(file: File, kind: Resource) -> Sheet:
    """The records of one kind in a file: JSON, CSV or XLSX, whatever its name. Raises BadFile."""
    check_size(file.content)
    if file.content.startswith(ZIP):
        return read_workbook(file.content, kind=kind, name=file.name)
    if file.content.startswith(OLD_EXCEL):
        raise BadFile(
            _("Ce classeur est à l’ancien format d’Excel, ou protégé : enregistrez-le en .xlsx.")
        )
    text, notes = text_of(file.content)
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if not start:
        raise BadFile(_("Ce fichier est vide."))
    if start.startswith("<"):
        raise BadFile(_("Ce fichier est une page web. Prenez le lien de l’export."))
    reader = read_json if start.startswith(("{", "[")) else read_csv
    read = reader(text, kind=kind, name=file.name)
    return Sheet(read.lines, read.names, [*notes, *read.notes])
