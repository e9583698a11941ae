"""Rows as an XLSX workbook, written to a file as they come: never a whole country in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from .cells import commands

Cell = str | int | float | bool
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Sheet:
    """`widths`: of the columns, in characters; `wrapped`: long texts go on the next line."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()
    wrapped: bool = False


def write(target: IO[bytes], sheets: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for rank, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(rank)].width = width
        if sheet.headings:
            page.freeze_panes = "A2"
            page.append(list(headed(page, sheet.headings)))
        for row in sheet.rows:
            page.append([safe(page, cell, wrapped=sheet.wrapped) for cell in row])
    book.save(target)


def headed(page: WriteOnlyWorksheet, headings: Iterable[str]) -> Iterator[WriteOnlyCell]:
    for heading in headings:
        cell = WriteOnlyCell(page, heading)
        cell.font = BOLD
        yield cell


def safe(page: WriteOnlyWorksheet, value: Cell, *, wrapped: bool) -> Cell | WriteOnlyCell:
    """A text is never a formula, nor an error: it is marked as a text, and stays as it is."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    orders = commands(text)
    if not (orders or wrapped or text.startswith("#")):
        return text
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = orders
    if wrapped:
        cell.alignment = WRAPPED
    return cell
