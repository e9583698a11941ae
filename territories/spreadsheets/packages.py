"""XLSX, read line after line: what it unpacks to is counted before anything is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from territories.importing.records import BadFile

from . import bounds

ZIP = b"PK\x03\x04"
ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
# So many empty lines in a row: nothing follows.
EMPTY = 2_000


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
            strings = sum(part.file_size for part in parts if "sharedstrings" in path_of(part))
            if (
                len(parts) > bounds.PARTS
                or sum(part.file_size for part in parts) > bounds.UNPACKED
                or strings > bounds.STRINGS
            ):
                raise BadFile(_("Ce classeur est trop grand une fois ouvert : coupez-le."))
            for part in parts:
                if part.flag_bits & 1:
                    raise BadFile(_("Ce classeur est protégé par un mot de passe."))
                if path_of(part).endswith((".xml", ".rels")):
                    with package.open(part) as file:
                        if b"<!DOCTYPE" in file.read(1 << 16).upper():
                            raise broken()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, zlib.error) as error:
        raise broken() from error


def path_of(part: zipfile.ZipInfo) -> str:
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
