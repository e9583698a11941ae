"""The engine that makes PDF files. WeasyPrint needs Pango, a library of the system: where it lacks,
the rest of the site does not know (docs/decisions/0028-poster.md)."""

from __future__ import annotations

import mimetypes
from base64 import b64decode
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

# Stands before the names of our static files. It leads nowhere (RFC 2606).
OURS = "https://static.invalid/"
CARRIED = "data:image/png;base64,"


@cache
def weasyprint() -> Any:
    """The engine, or None where it, or what it needs of the system, is not installed."""
    try:
        # Half a second and 40 MB: only for whoever prints.
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


@cache
def own_files() -> Any:
    """What may be read while a sheet is made: our static files. Nothing else of this machine, no
    other machine; a sheet without its typeface is none, so a refusal ends it."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            # A picture that the sheet carries in itself.
            if url.startswith(CARRIED):
                return URLFetcherResponse(
                    url, b64decode(url.removeprefix(CARRIED)), {"Content-Type": "image/png"}
                )
            path = finders.find(url.removeprefix(OURS)) if url.startswith(OURS) else None
            if path is None:
                raise ValueError(f"Not ours: {url}")
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})

    return OwnFiles(fail_on_errors=True)
