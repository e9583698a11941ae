from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from resources_directory.maps.features import answer, collection

from .programme import Programme


@require_safe
def places_geojson(request: HttpRequest) -> HttpResponse:
    """`/agenda/lieux.geojson`: where what the address asks for takes place, as the map shows it."""
    programme = Programme(request, path=request.path.removesuffix("lieux.geojson"))
    return answer(collection(programme.spots.features))
