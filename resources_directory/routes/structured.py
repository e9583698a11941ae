"""A route as schema.org data: a trip, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from territories.discovery.structured import known, place_data, publisher

if TYPE_CHECKING:
    from django.http import HttpRequest

    from resources_directory.models import RoutePage


def route_data(page: RoutePage, request: HttpRequest) -> Mapping[str, Any]:
    course = page.course
    url = page.get_full_url(request)
    stops = [
        {
            "@type": "ListItem",
            "position": stop.number,
            "item": {
                **(place_data(stop.actor.shown.title, stop.actor) or {}),
                "url": stop.actor.shown.get_full_url(request),
            },
        }
        for stop in course.stops
    ]
    return known(
        {
            "@type": "TouristTrip",
            "@id": f"{url}#route",
            "name": page.title,
            "description": page.introduction,
            "url": url,
            "inLanguage": page.language,
            "provider": publisher(course.record.territory),
            "itinerary": {
                "@type": "ItemList",
                "numberOfItems": len(stops),
                "itemListOrder": "https://schema.org/ItemListOrderAscending",
                "itemListElement": stops,
            },
        }
    )
