from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.models import Term
from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Choice

from .engines import Found, Reading, engine
from .queries import Asked, known_kinds
from .results import show
from .suggestions import suggestions

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything that can be found here. What makes no sense in the address is
    ignored."""
    theme = theme_of(request.GET.get("theme", ""))
    asked = Asked(
        text=request.GET.get("q", ""),
        territory=request.territory,
        language=get_language() or SOURCE_LANGUAGE,
        kinds=tuple(kind for kind in known_kinds() if kind in request.GET.getlist("kind")),
        theme=theme.code if theme else "",
        with_past=request.GET.get("passes") == "1",
    )
    page = page_number(request.GET.get("page", ""))
    found = find(asked, page)
    # Only the number of results is paginated: the engine has already cut the slice.
    page_obj = Paginator(range(found.total), PER_PAGE).get_page(page)
    if page_obj.number != page:
        found = find(asked, page_obj.number)
    context: dict[str, Any] = {
        "asked": asked,
        "theme": theme,
        "found": found,
        "page_obj": page_obj,
        "results": show(asked, found),
        "kinds": kind_choices(asked, found),
        "theme_free_url": address(request.GET, without="theme"),
        "is_partial": found.reading is Reading.ANY,
    }
    if not found.total:
        context["ways_out"] = ways_out(request, asked, found)
    return render(request, "portal_search/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=`: what the field offers while somebody types, and how many, to be read aloud."""
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
    return engine().search(asked, (page - 1) * PER_PAGE, page * PER_PAGE)


def page_number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < len(text) < 7 and int(text) else 1


def theme_of(code: str) -> Term | None:
    if not code or len(code) > 120 or "\0" in code:
        return None
    kinds = (Term.Kind.THEME, Term.Kind.THEME_CATEGORY)
    return Term.objects.filter(kind__in=kinds, code=code).first()


def kind_choices(asked: Asked, found: Found) -> list[Choice]:
    """The kinds that answer, the most frequent first, and those that were asked for."""
    choices = [
        Choice(kind, label, found.kinds.get(kind, 0), selected=kind in asked.kinds)
        for kind, label in known_kinds().items()
        if kind in found.kinds or kind in asked.kinds
    ]
    return sorted(choices, key=lambda choice: -choice.count)


def address(parameters: QueryDict, *, without: str = "", **changed: str) -> str:
    kept = parameters.copy()
    for name in {"page", without, *changed}:
        kept.pop(name, None)
    kept.update(changed)
    return f"?{kept.urlencode()}"


def ways_out(request: HttpRequest, asked: Asked, found: Found) -> list[dict[str, str]]:
    """Never a dead end: the nearest thing that would have answered."""
    ways = []
    elsewhere = sum(found.kinds.values())
    if elsewhere:
        ways.append(
            {
                "title": _("Voir les autres réponses (%(number)s)") % {"number": elsewhere},
                "url": address(request.GET, without="kind"),
            }
        )
    ways.append({"title": _("Tout voir"), "url": request.path})
    return ways
