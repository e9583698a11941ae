"""What a map reads of a place: GeoJSON (RFC 7946), as short as it can be.

A feature has an `id` (its line in the list has the same), a point with five decimals (a metre), and
`name`, `url`, and where they say something: `category` (the code of its need), `address`, `said` (a
few words more), `language` (of the name, when it is not the page's), `events` (how many),
`number` (of a stop). A feature with a line, and nothing more, is the way of a route.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, ngettext

from resources_directory.models import ActorPage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import address_in

if TYPE_CHECKING:
    from resources_directory.lists.spots import Spot

CONTENT_TYPE = "application/geo+json"
DECIMALS = 5


def feature(
    id: str,
    *,
    latitude: float,
    longitude: float,
    name: str,
    url: str,
    language: str = "",
    category: str = "",
    address: str = "",
    said: str = "",
    events: int = 0,
    number: int = 0,
) -> dict[str, Any]:
    spoken = "" if language == get_language() else language
    optional = {
        "language": spoken,
        "category": category,
        "address": address,
        "said": said,
        "events": events,
        "number": number,
    }
    return {
        "type": "Feature",
        "id": id,
        "geometry": {
            "type": "Point",
            "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)],
        },
        "properties": {
            "name": name,
            "url": url,
            **{key: value for key, value in optional.items() if value},
        },
    }


def actor_feature(actor: ActorPage, request: HttpRequest) -> dict[str, Any]:
    """`actor`: a record with `.shown` and from `with_services()`, whose coordinates are known."""
    said = ngettext("%(count)d aide", "%(count)d aides", actor.service_count)
    return feature(
        str(actor.translation_key),
        latitude=actor.latitude,
        longitude=actor.longitude,
        name=actor.shown.title,
        language=actor.shown.language,
        url=address_in(actor.shown, get_language() or "", request),
        category=actor.need.code if actor.need else "",
        address=actor.address_line,
        said=said % {"count": actor.service_count} if actor.service_count else "",
    )


def spot_feature(spot: Spot) -> dict[str, Any]:
    """`spot`: a place of the guide, named."""
    return feature(
        spot.id,
        latitude=spot.point.latitude,
        longitude=spot.point.longitude,
        name=spot.name,
        language=SOURCE_LANGUAGE,
        url=spot.url,
        category=spot.category,
        address=spot.address,
        said=spot.words,
    )


def collection(features: Iterable[Mapping[str, Any]]) -> bytes:
    found = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def answer(body: bytes) -> HttpResponse:
    """Whoever likes may read it; how long it is kept is said of every public answer alike."""
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response
