"""The files of a board: tables, charts and the report of the year, in the admin and in public."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from territories.printing import weasyprint

from .board import Board
from .drawn import png_of, svg_of
from .paper import pdf_of
from .sheets import masking_words, totals_csv, workbook

# The address of a file ends with one of these names.
TOTALS: dict[str, Callable[[Board], HttpResponseBase]] = {"csv": totals_csv, "xlsx": workbook}


def totals(board: Board, extension: str) -> HttpResponseBase:
    return TOTALS[extension](board)


def chart(board: Board, name: str, extension: str) -> HttpResponse:
    found = {chart.name: chart for chart in board.charts if chart.is_known}
    if name not in found:
        raise Http404(_("Ce graphique n’existe pas ici."))
    said = [board.resting, f"{board.whose}, {board.period}"]
    if board.narrowed:
        said.append(", ".join(board.narrowed))
    if board.is_public:
        said.append(masking_words())
    drawn = svg_of(found[name], board.colours, said)
    if extension == "png":
        return saved(png_of(drawn), "image/png", f"{board.file_name(name)}.png")
    return saved(drawn.encode(), "image/svg+xml", f"{board.file_name(name)}.svg")


def paper(board: Board) -> HttpResponse:
    if weasyprint() is None:
        raise Http404(_("Ce site ne fait pas de PDF : imprimez la page des chiffres."))
    name = f"{board.file_name('rapport')}.pdf"
    return saved(pdf_of(board), "application/pdf", name, is_shown=True)


def saved(content: bytes, kind: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not is_shown, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
