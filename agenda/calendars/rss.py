"""The agenda as a feed of what is new in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html_join

from agenda.lines import Line
from agenda.models import Status
from territories.words import sentence

from .ics import PREFIXES
from .pictures import picture_of
from .reading import address_of, keywords_of

ITEMS = 50


def item_of(line: Line, request: HttpRequest) -> Mapping[str, Any]:
    """`guid` is the record's own, the same in every language and on the portal."""
    event, page = line.record, line.page
    told = [sentence(line.repeat), sentence(line.when), line.venue.full, page.summary]
    picture = picture_of(event)
    # Of the next date alone only what asks to choose another is told.
    is_full = event.status == Status.SCHEDULED and event.next_status == Status.FULL
    status = Status.FULL if is_full else event.status
    return {
        "title": str(PREFIXES.get(status, "%s")) % page.title,
        "link": address_of(event, request),
        "description": format_html_join("\n", "<p>{}</p>", ((words,) for words in told if words)),
        "pubdate": event.first_published_at and event.first_published_at.astimezone(event.zone),
        "updateddate": event.last_published_at,
        "unique_id": f"urn:uuid:{event.translation_key}",
        "unique_id_is_permalink": False,
        "author_name": line.territory.full_name if line.territory else None,
        "categories": keywords_of(event),
        "enclosures": [
            Enclosure(request.build_absolute_uri(picture.url), str(picture.size), picture.mime)
        ]
        if picture
        else [],
    }
