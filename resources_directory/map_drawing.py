"""The actors of a territory as a small drawing: no tile, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

WIDTH, HEIGHT, MARGIN = 480, 240, 28
# Two doors of one street are not spread over a whole drawing: about a kilometre.
LEAST = 0.01


def drawing_key(territory_id: int | None) -> str:
    """Where the drawing of a territory is kept in the cache."""
    return f"resources_directory:drawing:{territory_id}"


def drawing(places: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """The points of places, those that fall together once. Those of the north are first: the others
    stand in front of them."""
    return sorted(set(in_order(places)), key=lambda point: (point[1], point[0]))


def in_order(
    places: Sequence[tuple[float, float]], *, least: float = LEAST
) -> list[tuple[int, int]]:
    """Points on the drawing for (longitude, latitude), as far apart as it allows, north above.

    It shows `least` degrees at least."""
    if not places:
        return []
    middle = sum(latitude for _longitude, latitude in places) / len(places)
    flat = [(longitude * cos(radians(middle)), -latitude) for longitude, latitude in places]
    left, right = min(x for x, _y in flat), max(x for x, _y in flat)
    top, bottom = min(y for _x, y in flat), max(y for _x, y in flat)
    scale = min(
        (WIDTH - 2 * MARGIN) / max(right - left, least),
        (HEIGHT - 2 * MARGIN) / max(bottom - top, least),
    )
    return [
        (
            round(WIDTH / 2 + (x - (left + right) / 2) * scale),
            round(HEIGHT / 2 + (y - (top + bottom) / 2) * scale),
        )
        for x, y in flat
    ]
