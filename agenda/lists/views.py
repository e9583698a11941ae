from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .programme import Programme


@require_safe
def places_geojson(request: HttpRequest) -> HttpResponse:
    """`/agenda/lieux.geojson`: where what the address asks for takes place, as the map shows it."""
    programme = Programme(request, path=request.path.removesuffix("lieux.geojson"))
    collection = {"type": "FeatureCollection", "features": programme.spots.features}
    response = HttpResponse(
        json.dumps(collection, ensure_ascii=False), content_type="application/geo+json"
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
