"""The report of a year as a PDF: figures, charts, tables, labels, and what it all rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from agenda.poster.panes import drawn_panes
from labelling.models import Label
from territories.appearance.facade import panes
from territories.appearance.theme import SUN, derive
from territories.printing import OURS, own_files, weasyprint
from territories.sharing.keeping import kept
from territories.sharing.poster import signature_words

from .board import Board
from .charts import Chart
from .drawn import bare_svg
from .sheets import masking_words

COLUMNS, ROWS = 12, 7
# A year of a territory; of all of them the register tells.
MOST_LABELS = 200
# One more when the sheet changes: what was kept is made again.
DRAWING = 1


@dataclass(frozen=True)
class Drawn:
    """`svg`: "" from right to left, which the engine sets in no drawing; its table is there."""

    chart: Chart
    svg: SafeString | str


def pdf_of(board: Board) -> bytes:
    """Made once for what it says, then read from the disk."""
    html, colours = sheet(board), derive(*board.colours).light
    said = f"{DRAWING}/{weasyprint().__version__}/{colours['deep']}/{html}"
    name = f"{hashlib.sha256(said.encode()).hexdigest()[:24]}.pdf"
    return kept(name, lambda: document(html, colours["deep"]))


def document(html: str, colour: str) -> bytes:
    engine = weasyprint()
    page = engine.HTML(string=html, base_url=OURS, url_fetcher=own_files())
    return page.write_pdf(stylesheets=[engine.CSS(string=f":root {{ --deep: {colour} }}")])


def sheet(board: Board) -> SafeString:
    labels = list(labels_of(board))
    colours = {**derive(*board.colours).light, "sun": SUN}
    territory = board.territory
    slug = territory.slug if territory else ""
    wall = panes(slug, COLUMNS, ROWS, "bilan", signature=signature_words(territory))
    drawn_in_charts = {chart.table.name for chart in board.charts}
    context = {
        "board": board,
        "language": get_language(),
        "is_rtl": get_language_bidi(),
        "wall": drawn_panes(wall, colours),
        "drawn": [
            Drawn(chart, "" if get_language_bidi() else bare_svg(chart, board.colours))
            for chart in board.charts
        ],
        "tables": [table for table in board.tables if table.name not in drawn_in_charts],
        "labels": labels[:MOST_LABELS],
        "has_more": len(labels) > MOST_LABELS,
        "masking": masking_words() if board.is_public else "",
    }
    return render_to_string("labelling/figures/paper.html", context)


def labels_of(board: Board) -> Iterator[Mapping[str, str | date | None]]:
    """Those given in the period; to the public, of pages that it can read."""
    selection = board.figures.selection
    span = selection.span
    found = Label.objects.filter(selection.narrowing(page="page", label="pk")).filter(
        granted_on__range=(span.first, span.last)
    )
    if board.is_public:
        found = found.filter(page__live=True, page__view_restrictions=None)
    columns = ("number", "page__title", "granted_on", "expires_on", "territory__name")
    listed = found.order_by("territory__name", "granted_on", "number").values(*columns)
    yield from listed[: MOST_LABELS + 1]
