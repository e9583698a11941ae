import pytest

from territories.places.distance import Point, distance_words, kilometres

CAPITOLE, BAGATELLE = Point(43.6045, 1.4440), Point(43.5771, 1.4106)


def test_a_distance_is_that_of_a_crow():
    assert kilometres(CAPITOLE, BAGATELLE) == pytest.approx(4.07, abs=0.05)
    assert kilometres(CAPITOLE, CAPITOLE) == 0


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (0, "à 50 m"),
        (0.34, "à 350 m"),
        (0.96, "à 950 m"),
        (0.99, "à 1 km"),
        (1.52, "à 1,5 km"),
        (4.0, "à 4 km"),
        (12.4, "à 12 km"),
    ],
)
def test_nobody_walks_to_the_metre(km, words):
    assert distance_words(km) == words
