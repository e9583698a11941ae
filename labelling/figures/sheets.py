"""Figures as spreadsheets: CSV, one number a line, and XLSX, one table a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from territories.spreadsheets.downloads import csv_to_be_saved, workbook_to_be_saved
from territories.spreadsheets.workbook import Cell, Sheet

from . import rows
from .board import Board
from .measures import Number
from .tables import Table, words


def cell(number: Number) -> Cell:
    """Empty where nobody knows: a word would be no number, and zero would lie."""
    if number is None:
        return ""
    return number if isinstance(number, int) else words(number)


def totals_csv(board: Board) -> StreamingHttpResponse:
    headings = [_("Tableau"), _("Ligne"), _("Colonne"), _("Nombre")]
    return csv_to_be_saved(board.file_name("chiffres"), headings, flat(board.tables))


def flat(tables: Iterable[Table]) -> Iterator[list[Cell]]:
    for table in tables:
        for line in table.lines:
            for heading, number in zip(table.headings[1:], line.numbers, strict=True):
                yield [table.title, line.label, heading, cell(number)]


def reports_csv(board: Board) -> StreamingHttpResponse:
    found = rows.rows(board.figures.selection)
    return csv_to_be_saved(board.file_name("bilans"), rows.headings(), found)


def workbook(board: Board) -> HttpResponse:
    """What it holds and rests on, then each table; with the reports, for whoever reads them."""
    sheets = [Sheet(_("À lire"), [], read_me(board), (28, 100), wrapped=True)]
    sheets += [
        Sheet(
            table.title[:31],
            table.headings,
            [[line.label, *map(cell, line.numbers)] for line in table.lines],
            [44, *[20] * (len(table.headings) - 1)],
        )
        for table in board.tables
    ]
    if not board.is_public:
        headings = rows.headings()
        found = rows.rows(board.figures.selection)
        sheets.append(Sheet(_("Bilans"), headings, found, [20] * len(headings)))
    return workbook_to_be_saved(board.file_name("chiffres"), sheets)


def read_me(board: Board) -> Iterator[tuple[str, str]]:
    yield _("Chiffres du label"), board.whose
    yield _("Période"), board.period
    if board.narrowed:
        yield _("Choix"), ", ".join(board.narrowed)
    yield _("Bilans"), f"{board.resting} {board.awaited}".strip()
    yield _("Cellule vide"), _("Personne ne le sait. Ce n’est pas zéro.")
    if board.is_public:
        yield _("Petits nombres"), masking_words()


def masking_words() -> str:
    return _(
        "Les nombres de personnes sont arrondis à 5 près, et nous écrivons « moins de 5 » pour les "
        "plus petits : personne ne doit être reconnu."
    )
