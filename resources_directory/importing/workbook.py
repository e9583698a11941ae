"""XLSX, read line after line: the sheet that holds the asked records, wherever it stands."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from territories.importing.records import BadFile

from . import bounds
from .headers import Header, find_header, listed, read_rows
from .records import Resource, Sheet

ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
# So many empty lines in a row: nothing follows.
EMPTY = 2_000


def read_workbook(content: bytes, *, kind: Resource, name: str) -> Sheet:
    """Raises BadFile."""
    check_package(content)
    with opened(content) as book:
        sheets = list(book.worksheets)[:50]
        found: list[tuple[Any, Header]] = []
        for sheet in sheets:
            rows = [row for _number, row in islice(rows_of(sheet), bounds.HEADER)]
            header = find_header(rows, kind)
            if header is not None and header.kind is kind:
                found.append((sheet, header))
        if not found:
            raise no_sheet(kind)
        sheet, header = max(found, key=lambda one: len(one[1].names))
        others = [other.title for other in sheets if other is not sheet]
        place = _("%(file)s, feuille « %(sheet)s »") % {"file": name, "sheet": sheet.title}
        rows = islice(rows_of(sheet), header.at + 1, None)
        read = read_rows(rows, header, place)
    notes = [*read.notes]
    if others:
        notes.append(
            _("Feuilles qui ne sont pas lues ici : %(names)s.") % {"names": listed(others)}
        )
    return Sheet(read.lines, read.names, notes)


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The workbook; whatever the library stumbles over is a file that cannot be read."""
    book = None
    try:
        # `data_only`: what the formulas gave when it was saved.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        yield book
    except BadFile:
        raise
    except MemoryError:
        raise
    except Exception as error:
        raise broken() from error
    finally:
        if book is not None:
            book.close()


def check_package(content: bytes) -> None:
    """What a workbook unpacks to is counted before anything is. Raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "content.xml" in names or "mimetype" in names:
                raise BadFile(
                    _("Ce classeur est au format OpenDocument : enregistrez-le en .xlsx.")
                )
            if "xl/workbook.xml" not in names:
                raise broken()
            strings = sum(part.file_size for part in parts if "sharedstrings" in name_of(part))
            if (
                len(parts) > bounds.PARTS
                or sum(part.file_size for part in parts) > bounds.UNPACKED
                or strings > bounds.STRINGS
            ):
                raise BadFile(_("Ce classeur est trop grand une fois ouvert : coupez-le."))
            for part in parts:
                if part.flag_bits & 1:
                    raise BadFile(_("Ce classeur est protégé par un mot de passe."))
                if name_of(part).endswith((".xml", ".rels")):
                    with package.open(part) as file:
                        if b"<!DOCTYPE" in file.read(1 << 16).upper():
                            raise broken()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, zlib.error) as error:
        raise broken() from error


def name_of(part: zipfile.ZipInfo) -> str:
    return part.filename.casefold()


def rows_of(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Each line with its number, down to the last that says something. Raises BadFile."""
    empty = 0
    rows = sheet.iter_rows(max_col=bounds.COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        if number > bounds.LINES:
            raise BadFile(
                _("La feuille « %(sheet)s » a plus de %(number)s lignes. Coupez-la.")
                % {"sheet": sheet.title, "number": bounds.LINES}
            )
        if all(cell is None for cell in row):
            empty += 1
            if empty > EMPTY:
                return
        else:
            empty = 0
        yield number, [plain(cell) for cell in row]


def plain(cell: Any) -> Any:
    """A number stays one, so that what it lost may be found again; an error is nothing."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, str) and ERROR.fullmatch(cell.strip()):
        return None
    if cell is None or isinstance(cell, bool | int | float | str):
        return cell
    return str(cell)


def broken() -> BadFile:
    return BadFile(
        _("Ce classeur ne se lit pas. Ouvrez-le, et enregistrez-le de nouveau en .xlsx.")
    )


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
