"""A shared cache may keep public answers a minute; a browser is sent again only what changed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    cc_delim_re,
    get_conditional_response,
    has_vary_header,
    patch_cache_control,
    set_response_etag,
)

from territories.hosts import ADMIN_PATHS

# A cancelled event is seen cancelled this late at worst, behind a proxy that caches.
SHARED_SECONDS = 60


class PublicAnswersMiddleware:
    """Says of a public answer who may keep it, and for how long.

    A browser asks each time, with the mark of what it has: where nothing changed, the answer is a
    line instead of a page. An answer that sets a cookie, depends on one, or says itself how it is
    kept (calendars, colours, private pages) is left alone, but that one for everybody does not
    depend on the browser's language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Cache-Control", "").startswith("public"):
            forget_the_language_of_the_browser(response)
        if not is_for_everybody(request, response):
            return response
        forget_the_language_of_the_browser(response)
        patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response)


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and not has_vary_header(response, "Cookie")
        and not request.path_info.startswith(ADMIN_PATHS)
    )


def forget_the_language_of_the_browser(response: HttpResponse) -> None:
    """LocaleMiddleware names it on every address without a prefix; the address alone decides."""
    names = cc_delim_re.split(response.headers.get("Vary", ""))
    del response["Vary"]
    if kept := [name for name in names if name and name.lower() != "accept-language"]:
        response["Vary"] = ", ".join(kept)
