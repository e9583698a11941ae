"""A drawing of France for the portal's map: drawn here, sent with the page, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import NamedTuple

# Rough outlines, WGS84 (longitude, latitude): enough to recognise the country on a phone.
# fmt: off
MAINLAND = (
    (2.37, 51.05), (1.85, 50.96), (1.6, 50.72), (1.55, 50.2), (1.08, 49.93), (0.37, 49.76),
    (0.1, 49.49), (-0.25, 49.29), (-1.1, 49.38), (-1.26, 49.67), (-1.94, 49.73), (-1.8, 49.37),
    (-1.6, 48.84), (-1.51, 48.63), (-2.02, 48.65), (-2.32, 48.68), (-2.76, 48.53), (-3.04, 48.79),
    (-3.5, 48.84), (-3.98, 48.73), (-4.6, 48.6), (-4.77, 48.33), (-4.55, 48.25), (-4.73, 48.04),
    (-4.37, 47.8), (-3.92, 47.87), (-3.35, 47.72), (-3.12, 47.48), (-2.7, 47.5), (-2.2, 47.27),
    (-2.25, 47.0), (-1.79, 46.5), (-1.17, 46.16), (-1.03, 45.62), (-1.25, 44.66), (-1.3, 44.2),
    (-1.45, 43.64), (-1.78, 43.37), (-1.3, 43.05), (-0.5, 42.8), (0.0, 42.7), (0.65, 42.7),
    (1.45, 42.6), (1.75, 42.55), (1.95, 42.4), (2.85, 42.46), (3.17, 42.43), (3.05, 42.9),
    (3.2, 43.2), (3.7, 43.4), (4.15, 43.5), (4.6, 43.37), (5.35, 43.28), (5.93, 43.08),
    (6.2, 43.05), (6.68, 43.2), (7.0, 43.54), (7.27, 43.69), (7.53, 43.78), (7.65, 44.15),
    (6.9, 44.5), (6.75, 44.93), (7.0, 45.25), (7.15, 45.45), (6.86, 45.83), (6.8, 46.4),
    (6.1, 46.2), (6.1, 46.5), (6.45, 46.85), (7.0, 47.45), (7.58, 47.58), (7.6, 48.0),
    (7.8, 48.58), (8.23, 48.97), (7.1, 49.12), (6.35, 49.47), (5.8, 49.54), (5.3, 49.6),
    (4.83, 50.16), (4.2, 49.97), (4.0, 50.3), (3.6, 50.45), (3.2, 50.75),
)
CORSICA = (
    (9.4, 43.0), (9.55, 42.5), (9.55, 42.1), (9.4, 41.65), (9.2, 41.38), (8.8, 41.6),
    (8.6, 42.0), (8.6, 42.35), (8.9, 42.65), (9.3, 42.7),
)
# fmt: on
WEST, NORTH, EAST, SOUTH = -5.2, 51.4, 9.8, 41.1
SCALE = 60
# One degree of longitude, in degrees of latitude, in the middle of the country.
NARROWING = cos(radians(46.5))
WIDTH = round((EAST - WEST) * NARROWING * SCALE)
HEIGHT = round((NORTH - SOUTH) * SCALE)


class Point(NamedTuple):
    x: int
    y: int


def place(longitude: float, latitude: float) -> Point | None:
    """Where a place stands on the drawing; None overseas, which the drawing does not show."""
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        return None
    return Point(round((longitude - WEST) * NARROWING * SCALE), round((NORTH - latitude) * SCALE))


def outline(points: Sequence[tuple[float, float]]) -> str:
    """The `d` of an SVG path."""
    placed = [place(*point) for point in points]
    return "M" + "L".join(f"{point.x} {point.y}" for point in placed if point) + "Z"


OUTLINE = outline(MAINLAND) + outline(CORSICA)
