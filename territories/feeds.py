"""What other programs come for, again and again: RSS 2.0 (https://www.rssboard.org/rss-specification),
calendars, files. An address with a dot stands beside the page tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

# How long a browser or a proxy may keep an answer: a cancelled event is seen so much later.
MINUTES = 15
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def feed(
    request: HttpRequest, *, title: str, description: str, items: Iterable[Mapping[str, Any]]
) -> HttpResponse:
    """The answer of `/list/name.rss`, whose list is the page above it.

    `items`: what `add_item` of Django's feeds takes; each has the record's own `unique_id`, the
    same in every language and on the portal.
    """
    above, _slash, filename = request.path.rpartition("/")
    made = Rss201rev2Feed(
        title=title,
        link=request.build_absolute_uri(f"{above}/"),
        description=description,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        ttl=MINUTES,
    )
    for item in items:
        made.add_item(**item)
    return answer(request, made.writeString("utf-8"), "application/rss+xml", filename)


def answer(request: HttpRequest, made: bytes | str, kind: str, filename: str) -> HttpResponse:
    """With the mark of its bytes, so that what has not changed is not sent again.

    Not Last-Modified: an event that leaves the list would make it go back, and a telephone that
    asks by date would keep the event for ever.
    """
    response = HttpResponse(made, content_type=f"{kind}; charset=utf-8")
    for_everybody(response, filename)
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def for_everybody(response: AnyResponse, filename: str) -> AnyResponse:
    """Any site may show it, and any proxy keep it."""
    response["Content-Disposition"] = content_disposition_header(False, filename)
    response["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
