"""The contour of a neighbourhood, from whatever a file holds: an area in France, or the reason why
not."""

from __future__ import annotations

from math import cos, isfinite, radians
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from territories.importing.records import BadRecord

from .distance import KM_PER_DEGREE
from .perimeters import department_of

DECIMALS = 6  # ten centimetres
MOST_POINTS = 50_000
# The largest is under ten square kilometres.
MOST_KM2 = 100
# West, south, east, north of where there are priority neighbourhoods, by department.
MAINLAND = (-5.5, 41.0, 10.0, 51.5)
OVERSEAS = {
    "971": (-62.0, 15.7, -60.9, 16.7),
    "972": (-61.4, 14.2, -60.6, 15.1),
    "973": (-54.8, 2.0, -51.4, 6.0),
    "974": (55.1, -21.5, 56.0, -20.7),
    "976": (44.9, -13.1, 45.4, -12.5),
    "978": (-63.3, 17.9, -62.9, 18.3),
    "987": (-155.0, -28.5, -134.0, -7.5),
}
# What the library raises for lists that are no coordinates.
UNREADABLE = (
    ShapelyError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


def read_contour(geometry: Any, commune: str) -> tuple[Any, bool]:
    """The areas of a geometry, and whether they had to be repaired. Raises BadRecord."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadRecord(_("son contour n’est pas une surface (Polygon ou MultiPolygon)."))
    try:
        drawn = shapely.force_2d(shape(geometry))
    except (
        ShapelyError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        raise BadRecord(_("son contour n’est pas lisible.")) from error
    points = shapely.get_coordinates(drawn).tolist()
    if not points:
        raise BadRecord(_("son contour est vide."))
    if len(points) > MOST_POINTS:
        raise BadRecord(
            _("son contour a plus de %(number)s points : simplifiez-le.") % {"number": MOST_POINTS}
        )
    check_place(points, commune)
    is_valid = bool(shapely.is_valid(drawn))
    areas = as_areas(drawn if is_valid else shapely.make_valid(drawn))
    if areas.is_empty or not areas.area:
        raise BadRecord(_("son contour est une ligne, sans surface."))
    if km2_of(areas) > MOST_KM2:
        raise BadRecord(
            _("son contour dépasse %(number)s km² : c’est plus qu’un quartier.")
            % {"number": MOST_KM2}
        )
    return areas, not is_valid


def check_place(points: list[list[float]], commune: str) -> None:
    """Degrees, in the right order, and in the part of France where the commune is."""
    if not all(isfinite(number) for point in points for number in point):
        raise BadRecord(_("une coordonnée de son contour n’est pas un nombre."))
    west, south, east, north = OVERSEAS.get(department_of(commune), MAINLAND)
    if all(west <= x <= east and south <= y <= north for x, y in points):
        return
    if all(west <= x <= east and south <= y <= north for y, x in points):
        raise BadRecord(
            _(
                "la latitude et la longitude de son contour sont échangées : "
                "le GeoJSON veut la longitude d’abord."
            )
        )
    if any(abs(x) > 180 or abs(y) > 90 for x, y in points):
        raise BadRecord(_("son contour n’est pas en degrés WGS84."))
    raise BadRecord(_("son contour n’est pas là où est sa commune."))


def km2_of(areas: Any) -> float:
    return float(areas.area) * KM_PER_DEGREE**2 * cos(radians(areas.centroid.y))


def as_areas(geometry: Any) -> Any:
    """A MultiPolygon of all that has a surface."""
    parts = [
        polygon
        for part in shapely.get_parts(geometry)
        for polygon in shapely.get_parts(part)
        if polygon.geom_type == "Polygon" and polygon.area
    ]
    return shapely.MultiPolygon(parts)


def kept(areas: Any) -> dict[str, Any]:
    """As it is stored: GeoJSON, counterclockwise, to ten centimetres."""
    rounded = shapely.transform(areas, lambda xy: xy.round(DECIMALS))
    found = mapping(shapely.orient_polygons(as_areas(shapely.make_valid(rounded))))
    return {"type": found["type"], "coordinates": as_lists(found["coordinates"])}


def as_lists(coordinates: Any) -> Any:
    """As JSON gives it back, so that the two compare."""
    return coordinates if isinstance(coordinates, float) else [as_lists(one) for one in coordinates]
