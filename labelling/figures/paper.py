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
from labelling.models import Label, PracticeSheetPage
from territories.appearance.facade import panes
from territories.appearance.theme import SUN, derive
from territories.pages.translations import in_language
from territories.printing import OURS, own_files, weasyprint
from territories.sharing.keeping import kept
from territories.sharing.poster import signature_words

from .board import Board
from .charts import Chart
from .drawn import bare_svg, carried_png
from .sheets import masking_words

COLUMNS, ROWS = 12, 7
# A year of a territory; of all of them the register tells.
MOST_LABELS, MOST_SHEETS = 200, 50
# One more when the sheet changes: what was kept is made again.
DRAWING = 2


@dataclass(frozen=True)
class Drawn:
    """`svg`, or `png` from right to left: an address that holds it."""

    chart: Chart
    svg: SafeString | str = ""
    png: str = ""


@dataclass(frozen=True)
class PrintedSheet:
    """`language`: of the title."""

    title: str
    language: str
    place: str
    url: str

    @property
    def address(self) -> str:
        """As one copies it from paper."""
        return self.url.partition("://")[2].rstrip("/")


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
    labels, sheets = list(labels_of(board)), sheets_of(board)
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
        "drawn": [drawn(chart, board) for chart in board.charts],
        "tables": [table for table in board.tables if table.name not in drawn_in_charts],
        "labels": labels[:MOST_LABELS],
        "has_more": len(labels) > MOST_LABELS,
        "sheets": sheets[:MOST_SHEETS],
        "has_more_sheets": len(sheets) > MOST_SHEETS,
        "masking": masking_words() if board.is_public else "",
    }
    return render_to_string("labelling/figures/paper.html", context)


def drawn(chart: Chart, board: Board) -> Drawn:
    if not chart.is_known:
        return Drawn(chart)
    if get_language_bidi():
        return Drawn(chart, png=carried_png(chart, board.colours))
    return Drawn(chart, bare_svg(chart, board.colours))


def sheets_of(board: Board) -> list[PrintedSheet]:
    """Published in the period; about what was chosen alone, where something is."""
    selection = board.figures.selection
    found = PracticeSheetPage.objects.findable().filter(
        territory__in=selection.keys,
        first_published_at__range=selection.span.moments,
    )
    if selection.is_narrowed:
        labelled = Label.objects.filter(selection.narrowing(page="page", label="pk"))
        found = found.filter(about__in=labelled.order_by().values("page"))
    listed = found.select_related("locale", "territory__site").order_by(
        "territory__name", "first_published_at", "pk"
    )
    return [
        PrintedSheet(
            sheet.shown.title,
            sheet.shown.language,
            (sheet.facts or {}).get("place") or sheet.territory.name,
            sheet.shown.full_url,
        )
        for sheet in in_language(listed[: MOST_SHEETS + 1], get_language() or "")
    ]


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
