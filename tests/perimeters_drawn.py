"""Neighbourhoods for tests: squares, whose borders are easy to tell."""

from territories.models import Commune, Neighbourhood
from territories.places.distance import Point
from territories.places.perimeters import METRES_PER_DEGREE

TOULOUSE = ("31555", "Toulouse")
# The middle of the square.
MIDDLE = Point(43.57, 1.40)
HALF = 0.01


def square(middle=MIDDLE, half=HALF):
    """A MultiPolygon, counterclockwise; `half` in degrees."""
    north, east = middle.latitude, middle.longitude
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [[east + x * half, north + y * half] for x, y in corners]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def commune(code, name=""):
    return Commune.objects.get_or_create(code=code, defaults={"name": name or code})[0]


def make_neighbourhood(name="Grand Carré", code="QN03101M", *, of=TOULOUSE, perimeter="", **fields):
    return Neighbourhood.objects.create(
        commune=commune(*of),
        name=name,
        code=code,
        perimeter=square() if perimeter == "" else perimeter,
        **fields,
    )


def metres_north_of_the_square(metres, half=HALF):
    """A point so many metres beyond the northern side of the square."""
    return Point(MIDDLE.latitude + half + metres / METRES_PER_DEGREE, MIDDLE.longitude)
