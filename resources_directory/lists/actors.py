"""The actors on a map and as a list: one queryset, so that both always say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from resources_directory.models import ActorPage
from territories.pages.listing import Listing
from territories.pages.translations import address_in

# A map of one territory fits in one page; the portal's is narrowed, or read page after page.
PER_PAGE = 200


def actors(request: HttpRequest) -> Listing:
    ordering = ["title", "pk"] if request.territory else ["territory__name", "title", "pk"]
    return Listing(
        request,
        ActorPage.objects.findable().in_territory(request.territory).with_services(),
        ordering=ordering,
        per_page=PER_PAGE,
    )


def actor_map(request: HttpRequest) -> dict[str, Any]:
    listing = actors(request)
    query = listing.query
    if listing.page.has_other_pages():
        query += f"{'&' if query else ''}page={listing.page.number}"
    address = reverse("resources_directory:actors")
    return {
        "listing": listing,
        "facets": listing.facets,
        "geojson_url": f"{address}?{query}" if query else address,
        "tiles": getattr(settings, "MAP_TILES", None),
    }


def feature(actor: ActorPage, request: HttpRequest) -> Mapping[str, Any]:
    """A GeoJSON feature (RFC 7946): longitude first, WGS84."""
    return {
        "type": "Feature",
        "id": str(actor.translation_key),
        "geometry": {"type": "Point", "coordinates": [actor.longitude, actor.latitude]},
        "properties": {
            "name": actor.shown.title,
            "language": actor.shown.language,
            "url": address_in(actor.shown, get_language() or "", request),
            "category": actor.need.code if actor.need else None,
            "address": actor.address_line,
            "services": actor.service_count,
            "territory": actor.territory.slug if actor.territory else None,
        },
    }
