"""Files of videos, a part at a time: iOS plays nothing from a server that only gives whole files,
and nobody can go back and forth in one (RFC 9110, section 14)."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from wagtail.documents.models import AbstractDocument

FILMS = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTIONS = {"vtt"}
# A player that asks for all that follows gets this much, and asks for the next.
MOST = 2 * 1024 * 1024


class NotThere(ValueError):
    """The part that was asked for is outside of the file."""


def serve_film(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """For Wagtail's hook `before_serve_document`, after those that ask who reads. None: Wagtail
    serves the whole file."""
    kind = FILMS.get(document.file_extension.lower())
    header = request.headers.get("Range", "")
    if kind is None or not header:
        return None
    size = document.file.size
    try:
        part = part_asked(header, size)
    except NotThere:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        return None
    first, last = part[0], min(part[1], part[0] + MOST - 1)
    with document.file.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    told = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(content, status=206, content_type=kind, headers=told)


def part_asked(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None for a header that is not understood, which is the whole file."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        # The last so many.
        start, end = max(size - int(last), 0), size - 1
        is_there = int(last) > 0
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        is_there = start < size
        if last and int(last) < start:
            return None
    if not is_there:
        raise NotThere
    return start, end
