"""The poster as a PDF of one page exactly."""

from __future__ import annotations

import hashlib
from typing import Any

from django.template.loader import render_to_string

from territories.printing import OURS, own_files, weasyprint
from territories.sharing.keeping import kept

from .content import EventPoster

SIZES = {"a4": 2.1, "a5": 1.48}  # a hundredth of the width, in millimetres
# How small the words may become before a text is too long for any poster.
SHRUNK = (1, 0.93, 0.85, 0.7, 0.55, 0.4)
# One more when the engine or its style sheet changes: what was kept is made again.
DRAWING = 2
# Of the height of the foot, in hundredths of the width: more with the line of a label.
FOOT, PROVED = 29, 43


def pdf_of(poster: EventPoster, size: str) -> bytes:
    """`size`: "a4" or "a5". Made once for what it says, then read from the disk."""
    sheet = poster.as_html()
    said = f"{DRAWING}/{weasyprint().__version__}/{size}/{sheet}"
    fingerprint = hashlib.sha256(said.encode()).hexdigest()[:24]
    return kept(f"{fingerprint}.pdf", lambda: document(poster, sheet, size).write_pdf())


def document(poster: EventPoster, sheet: str, size: str) -> Any:
    """A WeasyPrint document of one page: the words shrink until they fit."""
    engine, side, foot = weasyprint(), SIZES[size], PROVED if poster.proof else FOOT
    html = render_to_string("agenda/poster/paper.html", {"poster": poster, "sheet": sheet})
    page = engine.HTML(string=html, base_url=OURS, url_fetcher=own_files())
    for shrunk in SHRUNK:
        units = f":root {{ --side: {side}mm; --foot: {foot}; --u: {side * shrunk:.3f}mm }}"
        measures = engine.CSS(string=f"@page {{ size: {size.upper()} }} {units}")
        drawn = page.render(stylesheets=[measures])
        if len(drawn.pages) == 1:
            break
    return drawn.copy(drawn.pages[:1])
