from hypothesis import given
from hypothesis import strategies as st

from resources_directory.map_drawing import HEIGHT, WIDTH, drawing

places = st.tuples(st.floats(-62, 56), st.floats(-22, 51))


@given(st.lists(places, max_size=30))
def test_every_place_falls_on_the_drawing(found):
    points = drawing(found)
    assert bool(points) == bool(found)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_north_is_above_and_east_is_on_the_right():
    north, south = drawing([(1.40, 43.60), (1.42, 43.55)])
    assert north[1] < south[1] and north[0] < south[0]


def test_one_door_stands_in_the_middle_and_two_of_one_street_stay_together():
    assert drawing([(1.40, 43.60)] * 3) == [(WIDTH // 2, HEIGHT // 2)]
    first, second = drawing([(1.4000, 43.6), (1.4001, 43.6)])
    assert abs(first[0] - second[0]) < 10
