"""Is this place in a priority neighbourhood? Yes, no, or nobody can tell."""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

from django.conf import settings

from .distance import Point
from .models import InNeighbourhood
from .perimeters import perimeters


class Membership(NamedTuple):
    """`neighbourhood`: the primary key of the one it is in."""

    answer: InNeighbourhood
    neighbourhood: int | None = None


UNKNOWN = Membership(InNeighbourhood.UNKNOWN)
OUTSIDE = Membership(InNeighbourhood.NO)


def membership(
    point: Point | None,
    *,
    insee_code: str = "",
    is_approximate: bool = False,
    tolerance_metres: float | None = None,
) -> Membership:
    """Whether a point is inside a priority neighbourhood, or nearer to its border than the
    tolerance (`QPV_TOLERANCE_METRES` when None): the point of an address stands on the pavement,
    and a perimeter often runs down the middle of the street.

    `insee_code`: of the commune the point is said to be in. « No » is only said where all
    perimeters are known: those of the commune's department were read, and none lacks of those in
    the commune. `is_approximate`: the point stands for something larger than a door.
    """
    if point is None or is_approximate or not is_on_earth(point):
        return UNKNOWN
    known = perimeters()
    tolerance = settings.QPV_TOLERANCE_METRES if tolerance_metres is None else tolerance_metres
    found = known.around(point, max(0, tolerance))
    if found is not None:
        return Membership(InNeighbourhood.YES, found)
    return OUTSIDE if known.are_all_known_in(insee_code) else UNKNOWN


def is_on_earth(point: Point) -> bool:
    return all(map(isfinite, point)) and abs(point.latitude) < 90 and abs(point.longitude) <= 180
