"""How far places are from one another, in Python and in SQL without a geographic database."""

from __future__ import annotations

from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils.formats import get_format
from django.utils.translation import gettext as _

# A degree of latitude; the earth is flat enough over a town.
KM_PER_DEGREE = 111.2


class Point(NamedTuple):
    """Degrees, WGS84."""

    latitude: float
    longitude: float

    @property
    def km_per_degree_east(self) -> float:
        return _km_per_degree_east(self.latitude)


# Thousands of distances are asked from one place.
@lru_cache(16)
def _km_per_degree_east(latitude: float) -> float:
    return KM_PER_DEGREE * cos(radians(latitude))


def point_of(latitude: float | None, longitude: float | None) -> Point | None:
    return None if latitude is None or longitude is None else Point(latitude, longitude)


def kilometres(here: Point, there: Point) -> float:
    north = (there.latitude - here.latitude) * KM_PER_DEGREE
    east = (there.longitude - here.longitude) * here.km_per_degree_east
    return hypot(north, east)


def distance_words(km: float) -> str:
    """« à 350 m », « à 1,5 km »: nobody walks to the metre."""
    number, is_short = rounded(km)
    return (_("à %(number)s m") if is_short else _("à %(number)s km")) % {"number": number}


def length_words(km: float) -> str:
    """« 350 m », « 1,5 km »."""
    number, is_short = rounded(km)
    return (_("%(number)s m") if is_short else _("%(number)s km")) % {"number": number}


def rounded(km: float) -> tuple[str, bool]:
    """A number, and whether it is one of metres."""
    metres = max(50, round(km * 20) * 50)
    if metres < 1000:
        return str(metres), True
    number = f"{km:.1f}" if km < 10 else f"{km:.0f}"
    return number.removesuffix(".0").replace(".", decimal_mark()), False


def decimal_mark() -> str:
    return get_format("DECIMAL_SEPARATOR")


def within(
    queryset: QuerySet, here: Point, km: float, *, latitude: Combinable, longitude: Combinable
) -> QuerySet:
    """The rows at most `km` away; those whose place is not known are left out.

    Squares are compared, so that no database needs trigonometry.
    """

    def squared(degrees: Combinable, origin: float, scale: float) -> Combinable:
        length = (degrees - Value(origin, FloatField())) * Value(scale, FloatField())
        return length * length

    return (
        queryset.alias(near_latitude=latitude, near_longitude=longitude)
        .alias(
            near_squared=squared(F("near_latitude"), here.latitude, KM_PER_DEGREE)
            + squared(F("near_longitude"), here.longitude, here.km_per_degree_east)
        )
        .filter(Q(near_squared__lte=km * km))
    )
