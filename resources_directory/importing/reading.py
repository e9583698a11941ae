"""From bytes to records: what the file is, and what it holds of one kind."""

from __future__ import annotations

from territories.spreadsheets.packages import ZIP
from territories.spreadsheets.tables import sheets_in, split, text_in

from .delimited import read_csv
from .json_records import read_json
from .records import File, Resource, Sheet
from .workbook import read_workbook


def read_sheet(file: File, kind: Resource) -> Sheet:
    """The records of one kind in a file: JSON, CSV or XLSX, whatever its name. Raises BadFile."""
    if file.content.startswith(ZIP):
        with sheets_in(file.content, file.name) as sheets:
            return read_workbook(sheets, kind=kind)
    text, notes = text_in(file.content)
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        read = read_json(text, kind=kind, name=file.name)
    else:
        read = read_csv(split(text, file.name), kind=kind)
    return Sheet(read.lines, read.names, [*notes, *read.notes])
