"""What a map draws under its marks: the priority neighbourhoods of a territory, and the names of
its communes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from territories.places.models import Commune
from territories.places.perimeters import perimeters_of
from territories.territory import Territory


def grounds(territory: Territory) -> Iterator[dict[str, Any]]:
    """GeoJSON features: polygons are neighbourhoods, points are communes."""
    yield from perimeters_of(territory)
    communes = Commune.objects.filter(territories=territory, latitude__isnull=False)
    for commune in communes.exclude(longitude=None).order_by("name", "pk"):
        yield {
            "type": "Feature",
            "id": commune.code,
            "geometry": {"type": "Point", "coordinates": [commune.longitude, commune.latitude]},
            "properties": {"name": commune.name},
        }
