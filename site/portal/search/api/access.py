"""Who may ask, how often, and who may keep the answer: the same for each address of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from territories.open_data.editions import licence
from territories.people.brakes import Brake

from .questions import BadQuestion, language_of

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After"
# A page that was withdrawn a moment ago may be seen this long, by who keeps answers.
KEPT_SECONDS = 60
# How long a browser need not ask again whether it may ask.
ALLOWED_SECONDS = 24 * 3600
PLAIN = {"ensure_ascii": False}

asking = Brake("portal.search.api", lambda: settings.SEARCH_API_PER_MINUTE)
typing = Brake("portal.search.typing", lambda: settings.SEARCH_TYPING_PER_MINUTE)

View = Callable[..., dict[str, Any]]


def open_to_all(brake: Brake | None = None) -> Callable[[View], Callable[..., HttpResponse]]:
    """Makes an address of a view that gives what is to be said: readable from any site, by GET
    alone, in the language that is asked for. Whatever goes wrong is said in JSON."""

    def opening(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            response = answer(request, view, brake, **kwargs)
            response["Allow"] = response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = EXPOSED
            return response

        return opened

    return opening


def answer(request: HttpRequest, view: View, brake: Brake | None, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        allowed = {
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": str(ALLOWED_SECONDS),
        }
        return HttpResponse(status=204, headers=allowed)
    if request.method not in {"GET", "HEAD"}:
        return error(_("Cette adresse ne se lit que par GET."), 405)
    if brake and (seconds := brake.wait(request)):
        return too_many(seconds)
    try:
        language = language_of(request)
        with override(language):
            said = view(request, **kwargs)
            response = JsonResponse(said, json_dumps_params=PLAIN)
    except BadQuestion as wrong:
        return error(str(wrong), wrong.status)
    response["Content-Language"] = language
    response["Link"] = (
        f'<{licence().url}>; rel="license", '
        f'<{reverse("search_api:openapi")}>; rel="service-desc"; type="application/json"'
    )
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    # Of what is said: synonyms, plugins and the clock change an answer as much as documents do.
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def error(sentence: str, status: int) -> JsonResponse:
    response = JsonResponse({"error": sentence}, status=status, json_dumps_params=PLAIN)
    response["Cache-Control"] = "no-store"
    return response


def too_many(seconds: int) -> JsonResponse:
    response = error(
        ngettext(
            "Trop de questions à la suite. Réessayez dans %(count)d seconde.",
            "Trop de questions à la suite. Réessayez dans %(count)d secondes.",
            seconds,
        )
        % {"count": seconds},
        429,
    )
    response["Retry-After"] = str(seconds)
    return response
