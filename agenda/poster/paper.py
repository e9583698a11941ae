"""The poster as a PDF of one page exactly. WeasyPrint needs Pango, a library of the system: where
it lacks, the rest of the site does not know (docs/decisions/0028-poster.md)."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from territories.sharing.keeping import kept

from .content import EventPoster

SIZES = {"a4": 2.1, "a5": 1.48}  # a hundredth of the width, in millimetres
# How small the words may become before a text is too long for any poster.
SHRUNK = (1, 0.85, 0.7, 0.55, 0.4)
# Stands before the names of our static files. It leads nowhere (RFC 2606).
OURS = "https://static.invalid/"
# One more when the engine or its style sheet changes: what was kept is made again.
DRAWING = 1


@cache
def weasyprint() -> Any:
    """The engine, or None where it, or what it needs of the system, is not installed."""
    try:
        # Half a second and 40 MB: only for whoever prints.
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def pdf_of(poster: EventPoster, size: str) -> bytes:
    """`size`: "a4" or "a5". Made once for what it says, then read from the disk."""
    sheet = poster.as_html()
    said = f"{DRAWING}/{weasyprint().__version__}/{size}/{sheet}"
    fingerprint = hashlib.sha256(said.encode()).hexdigest()[:24]
    return kept(f"{fingerprint}.pdf", lambda: document(poster, sheet, size).write_pdf())


def document(poster: EventPoster, sheet: str, size: str) -> Any:
    """A WeasyPrint document of one page: the words shrink until they fit."""
    engine, side = weasyprint(), SIZES[size]
    html = render_to_string("agenda/poster/paper.html", {"poster": poster, "sheet": sheet})
    page = engine.HTML(string=html, base_url=OURS, url_fetcher=own_files())
    for shrunk in SHRUNK:
        units = f":root {{ --side: {side}mm; --u: {side * shrunk:.3f}mm }}"
        measures = engine.CSS(string=f"@page {{ size: {size.upper()} }} {units}")
        drawn = page.render(stylesheets=[measures])
        if len(drawn.pages) == 1:
            break
    return drawn.copy(drawn.pages[:1])


@cache
def own_files() -> Any:
    """What may be read while a poster is made: our static files. Nothing else of this machine,
    no other machine; a poster without its typeface is no poster, so a refusal ends it."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = finders.find(url.removeprefix(OURS)) if url.startswith(OURS) else None
            if path is None:
                raise ValueError(f"Not ours: {url}")
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return OwnFiles(fail_on_errors=True)
