from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from territories.pages.translations import in_language

from .lists.actors import actors, feature


@require_safe
def actors_geojson(request: HttpRequest) -> HttpResponse:
    """The actors of the map that have coordinates; `?page=` gives those of one page of the list."""
    listing = actors(request)
    if "page" in request.GET:
        shown = listing.items
    else:
        shown = in_language(listing.queryset.order_by(*listing.ordering), get_language() or "")
    collection = {
        "type": "FeatureCollection",
        "features": [feature(actor, request) for actor in shown if actor.has_coordinates],
    }
    response = HttpResponse(
        json.dumps(collection, ensure_ascii=False), content_type="application/geo+json"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
