"""`/api/v1/search/`: the same search for other people's tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from wagtail.models import Site

from . import ranking
from .engines import Found
from .faceting import FACETS
from .models import SearchDocument
from .narrowing import Narrowed
from .promoted.showing import Outside, promoted
from .queries import Asked
from .results import load, public_url
from .suggestions import suggestions

PER_PAGE = 20
# More are no help in a sentence.
MOST_NAMED = 30
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
    `passes=1`. A page past the end has no results. `promoted`, on the first page of a question:
    what people there have chosen to show above the results; `kind` is null on another site.
    """
    page = page_number(request.GET.get("page", "1"))
    narrowed = Narrowed(request)
    for name, _value in narrowed.unknown:
        raise BadQuestion(misunderstood(narrowed, name))
    asked = narrowed.asked()
    found = ranking.find(asked, (page - 1) * PER_PAGE, page * PER_PAGE)
    portal_root = Site.find_for_request(request).root_url
    chosen = promoted(asked, page)
    rows = {row.pk: as_json(row, portal_root) for row in load([*chosen.ids, *found.ids])}
    answer = {
        "count": found.total,
        "facets": facets_as_json(narrowed, found),
        "promoted": [
            *(rows[pk] for pk in chosen.ids if pk in rows),
            *(as_outside(one, asked) for one in chosen.outside),
        ],
        "results": [rows[pk] for pk in found.ids if pk in rows],
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


def facets_as_json(narrowed: Narrowed, found: Found) -> dict[str, dict[str, int]]:
    """Of each facet, how many documents each value would find, the other facets as they are."""
    narrowed.offer(found)
    return {name: dict(narrowed.numbers(name)) for name in FACETS}


def as_json(document: SearchDocument, portal_root: str) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "title": document.title,
        "url": public_url(document, portal_root),
        "territory": document.territory.slug if document.territory else None,
        "external_id": document.external_id,
        "summary": document.summary,
    }


def as_outside(answer: Outside, asked: Asked) -> dict[str, Any]:
    return {
        "kind": None,
        "title": answer.title,
        "url": answer.url,
        "territory": asked.territory.slug if asked.territory else None,
        "external_id": None,
        "summary": answer.text,
    }


def page_number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise BadQuestion(_("« page » est un nombre entier, à partir de 1."))
    return number


def misunderstood(narrowed: Narrowed, name: str) -> str:
    if name == "pres":
        return _("« pres » est un lieu d’ici, ou deux coordonnées comme 43.57,1.40.")
    known = [value for value in narrowed.words(name) if value]
    if not 0 < len(known) <= MOST_NAMED:
        return _("« %(name)s » a une valeur qui n’existe pas ici.") % {"name": name}
    return _("« %(name)s » est l’un de ces mots : %(values)s.") % {
        "name": name,
        "values": ", ".join(known),
    }
