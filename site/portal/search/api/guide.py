"""« L’API de recherche »: the page for people, made of what `openapi.py` is made of."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.search.narrowing import Narrowed
from territories.open_data.editions import licence
from territories.pages.base import SOURCE_LANGUAGE

from .access import KEPT_SECONDS
from .parameters import of_search, of_suggestions
from .schemas import FACET_VALUE, LICENCE, RESULT, SEARCH

# Of tables that stay in French, as meanings do.
WORDS = {
    "parameter": "Paramètre",
    "meaning": "Ce qu’il veut dire",
    "values": "Valeurs :",
    "example": "Par exemple :",
    "member": "Élément",
    "repeated": "Peut être répété.",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    with override(SOURCE_LANGUAGE):
        searching, typing = of_search(Narrowed(request)), of_suggestions()
    context = {
        "parts": [
            {
                "name": "chercher",
                "title": _("Chercher"),
                "address": reverse("search_api:search"),
                "parameters": searching,
            },
            {
                "name": "proposer",
                "title": _("Proposer pendant la saisie"),
                "address": reverse("search_api:suggestions"),
                "parameters": typing,
            },
        ],
        "answers": [
            {"title": title, "members": schema["properties"]}
            for title, schema in (
                ("La réponse", SEARCH),
                ("Une fiche de « results »", RESULT),
                ("Une valeur de « facets »", FACET_VALUE),
                ("« licence »", LICENCE),
            )
        ],
        "said": WORDS,
        "licence": licence(),
        "per_minute": settings.SEARCH_API_PER_MINUTE,
        "kept": KEPT_SECONDS,
    }
    return render(request, "portal_search/api.html", context)
