"""In a priority neighbourhood: yes, no, or nobody can tell."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from perimeters_drawn import (
    HALF,
    MIDDLE,
    make_neighbourhood,
    metres_north_of_the_square,
    square,
)

from territories.models import Neighbourhood
from territories.places.distance import Point
from territories.places.membership import membership
from territories.places.models import InNeighbourhood
from territories.places.perimeters import METRES_PER_DEGREE, Perimeters, Row

YES, NO, UNKNOWN = InNeighbourhood.YES, InNeighbourhood.NO, InNeighbourhood.UNKNOWN
FAR = Point(43.7, 1.2)

pytestmark = pytest.mark.django_db


def answer(point, insee_code="31555", **options):
    return membership(point, insee_code=insee_code, **options).answer


def test_a_place_inside_is_in_its_neighbourhood():
    found = make_neighbourhood()
    assert membership(MIDDLE) == (YES, found.pk)


def test_the_border_is_wider_than_its_line_by_the_tolerance():
    make_neighbourhood()
    near = metres_north_of_the_square(20)
    assert answer(near, tolerance_metres=25) == YES
    assert answer(near, tolerance_metres=15) == NO
    assert answer(near) == YES, "30 metres unless a setting says otherwise"
    assert answer(metres_north_of_the_square(40)) == NO


def test_the_tolerance_is_a_setting(settings):
    make_neighbourhood()
    settings.QPV_TOLERANCE_METRES = 100
    assert answer(metres_north_of_the_square(90)) == YES


def test_between_two_neighbours_the_one_it_stands_in_wins():
    make_neighbourhood("Au sud", "QN03101M")
    above = Point(MIDDLE.latitude + 2 * HALF, MIDDLE.longitude)
    north = make_neighbourhood("Au nord", "QN03102M", perimeter=square(above))
    assert membership(metres_north_of_the_square(2)).neighbourhood == north.pk


@pytest.mark.parametrize(
    "point", [None, Point(91, 1), Point(float("nan"), 1.4), Point(43, 181), Point(43, float("inf"))]
)
def test_no_place_or_one_that_is_not_on_earth_is_unknown(point):
    make_neighbourhood()
    assert answer(point) == UNKNOWN


def test_outside_is_unknown_where_no_perimeter_of_the_department_is_known():
    make_neighbourhood()
    assert answer(FAR, "31044") == NO
    assert answer(FAR, "81004") == UNKNOWN
    assert answer(FAR, "") == UNKNOWN


def test_outside_is_unknown_in_a_commune_with_a_neighbourhood_that_nobody_has_drawn():
    make_neighbourhood()
    make_neighbourhood("Sans contour", "QN03102M", perimeter=None)
    assert answer(FAR) == UNKNOWN
    assert answer(MIDDLE) == YES
    assert answer(FAR, "31044") == NO, "elsewhere in the department nothing lacks"


def test_a_point_that_stands_for_a_street_is_unknown():
    make_neighbourhood()
    assert answer(MIDDLE, is_approximate=True) == UNKNOWN


def test_the_perimeters_of_2024_make_those_of_2015_history():
    old = make_neighbourhood("Avant", "QP031007")
    assert membership(MIDDLE) == (YES, old.pk)
    new = make_neighbourhood("Maintenant", "QN03101M", perimeter=square(Point(43.57, 1.43)))
    assert answer(MIDDLE) == NO
    assert membership(Point(43.57, 1.43)) == (YES, new.pk)


def test_the_generation_is_that_of_a_department():
    make_neighbourhood("Maintenant", "QN03101M")
    there = Point(43.93, 2.15)
    old = make_neighbourhood("Cantepau", "QP081004", of=("81004", "Albi"), perimeter=square(there))
    assert membership(there) == (YES, old.pk)


def test_a_changed_perimeter_is_read_again():
    found = make_neighbourhood()
    assert answer(MIDDLE) == YES
    found.perimeter = square(FAR)
    found.save()
    assert answer(MIDDLE) == NO
    Neighbourhood.objects.all().delete()
    assert answer(MIDDLE) == UNKNOWN


def test_asking_costs_one_query_once_they_are_read(django_assert_num_queries):
    make_neighbourhood()
    membership(MIDDLE)
    with django_assert_num_queries(1):
        membership(MIDDLE)


SQUARE = Perimeters([Row(7, "31555", "QN03101M", square())])
AROUND = st.builds(
    Point,
    st.floats(MIDDLE.latitude - 3 * HALF, MIDDLE.latitude + 3 * HALF),
    st.floats(MIDDLE.longitude - 3 * HALF, MIDDLE.longitude + 3 * HALF),
)
METRES = st.floats(0, 2000)


def metres_outside(point):
    """By arithmetic, without a library: how far from the square a point is."""
    north = max(0, abs(point.latitude - MIDDLE.latitude) - HALF) * METRES_PER_DEGREE
    east = max(0, abs(point.longitude - MIDDLE.longitude) - HALF) * MIDDLE.km_per_degree_east * 1000
    return (north**2 + east**2) ** 0.5


@given(AROUND, METRES)
def test_what_is_found_is_what_stands_within_the_tolerance(point, metres):
    away = metres_outside(point)
    if abs(away - metres) > 0.01:
        assert (SQUARE.around(point, metres) == 7) == (away < metres)


@given(AROUND, METRES, METRES)
def test_a_larger_tolerance_never_loses_a_place(point, one, other):
    less, more = sorted((one, other))
    if SQUARE.around(point, less) is not None:
        assert SQUARE.around(point, more) is not None


RING = st.lists(
    st.tuples(st.floats(1.35, 1.45), st.floats(43.5, 43.6)), min_size=3, max_size=9, unique=True
)


@given(RING, st.data())
def test_every_point_of_any_perimeter_is_inside(ring, data):
    drawn = shapely.convex_hull(shapely.MultiPoint(ring))
    if drawn.geom_type != "Polygon":
        return
    known = Perimeters([Row(1, "31555", "", shapely.geometry.mapping(drawn))])
    weights = data.draw(st.lists(st.floats(0.1, 1), min_size=len(ring), max_size=len(ring)))
    x, y = (
        sum(weight * corner[axis] for weight, corner in zip(weights, ring, strict=True))
        / sum(weights)
        for axis in (0, 1)
    )
    assert known.around(Point(y, x), 0.01) == 1
