"""`/api/v1/search/`: the same search for other people's tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from wagtail.models import Site

from .engines import engine
from .models import SearchDocument
from .queries import Asked, known_kinds
from .results import load, public_url
from .suggestions import suggestions

PER_PAGE = 20
METHODS = "GET, HEAD, OPTIONS"


class BadQuestion(ValueError):
    """The address makes no sense; the message, in French, names the parameter."""


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Readable from any site, by GET alone; whatever goes wrong is said in JSON."""

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in {"GET", "HEAD"}:
            response = error(_("Cette adresse ne se lit que par GET."), 405)
        else:
            try:
                response = view(request, **kwargs)
            except BadQuestion as wrong:
                response = error(str(wrong), 400)
        response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


def error(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, json_dumps_params=PLAIN)


PLAIN = {"ensure_ascii": False}


@open_to_all
def search(request: HttpRequest) -> JsonResponse:
    """`?q=&kind=&page=`: 20 documents a page, best first; without `q`, all of them.

    `kind` may be repeated. `external_id` is the record's id at its source, null when it was
    written here; `territory` is null for the portal's own pages. What is over is left out, unless
    `passes=1`. A page past the end has no results.
    """
    page = page_number(request.GET.get("page", "1"))
    asked = Asked(
        text=request.GET.get("q", ""),
        territory=request.territory,
        kinds=kinds_of(request.GET.getlist("kind")),
        with_past=request.GET.get("passes") == "1",
    )
    found = engine().search(asked, (page - 1) * PER_PAGE, page * PER_PAGE)
    portal_root = Site.find_for_request(request).root_url
    answer = {
        "count": found.total,
        "results": [as_json(document, portal_root) for document in load(found.ids)],
    }
    return JsonResponse(answer, json_dumps_params=PLAIN)


@open_to_all
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=`: at most six records whose words begin so, best first; none before three letters."""
    asked = Asked(text=request.GET.get("q", ""), territory=request.territory)
    found = suggestions(asked, Site.find_for_request(request).root_url)
    answer = [{"title": one.title, "url": one.url} for one in found]
    return JsonResponse({"suggestions": answer}, json_dumps_params=PLAIN)


@open_to_all
def not_found(request: HttpRequest, **kwargs: str) -> JsonResponse:
    return error(_("Cette adresse n’existe pas. La recherche est à /api/v1/search/."), 404)


def as_json(document: SearchDocument, portal_root: str) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "title": document.title,
        "url": public_url(document, portal_root),
        "territory": document.territory.slug if document.territory else None,
        "external_id": document.external_id,
        "summary": document.summary,
    }


def page_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise BadQuestion(_("« page » est un nombre entier, à partir de 1."))
    return number


def kinds_of(values: list[str]) -> tuple[str, ...]:
    asked = tuple(value for value in values if value)
    known = known_kinds()
    if not set(asked) <= known.keys():
        raise BadQuestion(
            _("« kind » est l’un de ces mots : %(kinds)s.") % {"kinds": ", ".join(known)}
        )
    return asked
