"""The perimeters of priority neighbourhoods: held by each process, and drawn on maps."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians
from typing import Any, NamedTuple

import shapely
from django.db.models import Count, Max, Q
from shapely.geometry import mapping, shape

from territories.territory import Territory

from .distance import KM_PER_DEGREE, Point
from .models import Commune, Neighbourhood

METRES_PER_DEGREE = KM_PER_DEGREE * 1000
# Codes of 2024 begin with QN, those of 2015 with QP. One without a code was drawn by somebody.
NEW_GENERATION = "QN"
# For drawing: two metres, on a screen where a pixel is more.
DRAWN_TO_DEGREES = 0.00002
DECIMALS = 5


def department_of(insee_code: str) -> str:
    """« 31 », « 2A », « 974 »; of a code of a commune, or of one of its arrondissements."""
    return insee_code[:3] if insee_code.startswith(("97", "98")) else insee_code[:2]


class Row(NamedTuple):
    pk: int
    commune: str
    code: str
    perimeter: dict[str, Any] | None

    @property
    def is_new(self) -> bool:
        return self.code.startswith(NEW_GENERATION)


class Perimeters:
    """Where the neighbourhoods are; distances are in metres.

    In a department whose perimeters of 2024 are known, those of 2015 are history. Each perimeter
    is flattened around its own middle: over a neighbourhood the earth is flat to the millimetre.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        self.departments = {
            (department_of(row.commune), row.is_new) for row in rows if row.perimeter
        }
        self.lacking: set[str] = set()
        self.keys: list[int] = []
        self.flat: list[tuple[Any, float]] = []
        degrees = []
        for row in rows:
            if self.is_history(row):
                continue
            if row.perimeter is None:
                # A part of town without a code is no priority neighbourhood that lacks.
                if row.code:
                    self.lacking.add(row.commune)
                continue
            geometry = shape(row.perimeter)
            if geometry.is_empty:
                continue
            east = METRES_PER_DEGREE * cos(radians(geometry.centroid.y))
            flat = shapely.transform(geometry, lambda xy, east=east: xy * (east, METRES_PER_DEGREE))
            shapely.prepare(flat)
            self.keys.append(row.pk)
            self.flat.append((flat, east))
            degrees.append(geometry)
        self.tree = shapely.STRtree(degrees)

    def is_history(self, row: Row) -> bool:
        return (
            bool(row.code)
            and not row.is_new
            and (department_of(row.commune), True) in self.departments
        )

    def around(self, point: Point, metres: float) -> int | None:
        """The neighbourhood the point is in, the smallest when one holds another; else the nearest
        one at most so many metres away."""
        north = metres / METRES_PER_DEGREE
        # Twice, so that no corner is lost to the flattening.
        east = 2 * north / max(0.01, cos(radians(point.latitude)))
        box = shapely.box(
            point.longitude - east,
            point.latitude - 2 * north,
            point.longitude + east,
            point.latitude + 2 * north,
        )
        found = []
        for index in self.tree.query(box):
            flat, scale = self.flat[index]
            here = shapely.Point(point.longitude * scale, point.latitude * METRES_PER_DEGREE)
            if shapely.dwithin(flat, here, metres):
                found.append((shapely.distance(flat, here), flat.area, self.keys[index]))
        return min(found)[-1] if found else None

    def are_all_known_in(self, insee_code: str) -> bool:
        department = department_of(insee_code)
        return (
            not self.departments.isdisjoint({(department, False), (department, True)})
            and insee_code not in self.lacking
        )


# Of this process, with the stamp of the rows it was made of.
_held: tuple[Any, Perimeters] | None = None


def perimeters() -> Perimeters:
    """Those of the database, read again when a neighbourhood has changed: one query to know."""
    global _held
    stamp = Neighbourhood.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk"))
    if _held is None or _held[0] != stamp:
        rows = Neighbourhood.objects.order_by("pk").values_list(
            "pk", "commune", "code", "perimeter"
        )
        _held = stamp, Perimeters(Row(*row) for row in rows)
    return _held[1]


def perimeters_of(territory: Territory | None) -> list[dict[str, Any]]:
    """The neighbourhoods of a territory as features of GeoJSON, simplified for drawing.

    Those it names and those of its communes, which are everybody's facts; None is the national
    portal: those of all territories on line. `id` is the primary key of the neighbourhood,
    `properties` hold its `name`, its `code` and its `commune`.
    """
    there = [territory] if territory is not None else Territory.objects.online()
    communes = Commune.objects.filter(territories__in=there).values("pk")
    own = Q(territories__in=there) | Q(commune__in=communes) | Q(other_communes__in=communes)
    found = Neighbourhood.objects.filter(pk__in=Neighbourhood.objects.filter(own).values("pk"))
    rows = found.filter(perimeter__isnull=False).select_related("commune").order_by("name", "pk")
    known = perimeters()
    return [
        feature(row)
        for row in rows
        if not known.is_history(Row(row.pk, row.commune_id, row.code, row.perimeter))
    ]


def feature(neighbourhood: Neighbourhood) -> dict[str, Any]:
    drawn = shapely.simplify(shape(neighbourhood.perimeter), DRAWN_TO_DEGREES)
    return {
        "type": "Feature",
        "id": neighbourhood.pk,
        "geometry": mapping(shapely.transform(drawn, lambda xy: xy.round(DECIMALS))),
        "properties": {
            "name": neighbourhood.name,
            "code": neighbourhood.code,
            "commune": neighbourhood.commune.name,
        },
    }
