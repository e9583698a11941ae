from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.pages.base import SOURCE_LANGUAGE

from . import ranking
from .alerts.question import alert_url
from .api.access import too_many, typing
from .engines import Found, Reading
from .faceting import PERIOD
from .insight.telling import telling
from .narrowing import Narrowed
from .nothing.ways import nothing_found
from .promoted.showing import promoted, show_with
from .queries import Asked
from .suggestions import suggestions

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything that can be found here. What makes no sense in the address is
    ignored."""
    narrowed = Narrowed(request)
    asked = narrowed.asked(language=get_language() or SOURCE_LANGUAGE)
    page = page_number(request.GET.get("page", ""))
    found = find(asked, page)
    # Only the number of results is paginated: the engine has already cut the slice.
    page_obj = Paginator(range(found.total), PER_PAGE).get_page(page)
    if page_obj.number != page:
        found = find(asked, page_obj.number)
    narrowed.offer(found)
    chosen = promoted(asked, page_obj.number)
    above, results = show_with(chosen, asked, found, narrowed.near)
    context: dict[str, Any] = {
        "asked": asked,
        "narrowed": narrowed,
        "found": found,
        "page_obj": page_obj,
        "promoted": above,
        "results": results,
        "alert_url": alert_url(narrowed, asked),
        "told": telling(request, asked, is_answered=bool(found.total or above)),
        "period": "" if PERIOD in narrowed.chosen else narrowed.words(PERIOD).get(asked.period, ""),
        "is_partial": found.reading is Reading.ANY,
    }
    if not found.total:
        context["nothing"] = nothing_found(narrowed, asked, found)
    return render(request, "portal_search/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=`: what the field offers while somebody types, and how many, to be read aloud.

    Who asks faster than anybody types gets 429: the field goes on without offering anything.
    """
    if seconds := typing.wait(request):
        return too_many(seconds)
    asked = Asked(
        text=request.GET.get("q", ""),
        territory=request.territory,
        language=get_language() or SOURCE_LANGUAGE,
    )
    found = suggestions(asked)
    said = ngettext("%(count)s proposition", "%(count)s propositions", len(found))
    return JsonResponse(
        {
            "said": said % {"count": len(found)} if found else _("Aucune proposition"),
            "suggestions": [
                {
                    "title": one.title,
                    "kind": str(one.kind),
                    "url": one.url,
                    "language": one.language,
                }
                for one in found
            ],
        }
    )


def find(asked: Asked, page: int) -> Found:
    return ranking.find(asked, (page - 1) * PER_PAGE, page * PER_PAGE)


def page_number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 7 and int(text) else 1
