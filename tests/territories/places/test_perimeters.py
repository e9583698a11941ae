"""What is drawn on the map of a territory: its own neighbourhoods, and nobody else's."""

import pytest
import shapely
from factories import make_territory
from perimeters_drawn import MIDDLE, commune, make_neighbourhood, square

from territories.places.distance import Point
from territories.places.perimeters import perimeters_of

pytestmark = pytest.mark.django_db


def names(territory):
    return [feature["properties"]["name"] for feature in perimeters_of(territory)]


def test_a_territory_draws_its_own_neighbourhoods_and_never_anothers():
    alpha = make_territory("alpha")
    beta = make_territory("beta", communes=["14118:Caen"])
    make_neighbourhood("Bagatelle")
    make_neighbourhood("Chemin Vert", "QN01401M", of=("14118", "Caen"))
    make_neighbourhood("Sans contour", "QN03105M", perimeter=None)
    both = make_neighbourhood("À cheval", "QN08101M", of=("81004", "Albi"))
    both.other_communes.add(commune("31555"))
    named = make_neighbourhood("Choisi", "QN03301M", of=("33063", "Bordeaux"))
    alpha.neighbourhoods.add(named)
    assert names(alpha) == ["Bagatelle", "Choisi", "À cheval"]
    assert names(beta) == ["Chemin Vert"]
    assert names(None) == ["Bagatelle", "Chemin Vert", "Choisi", "À cheval"]


def test_what_is_history_is_not_drawn():
    alpha = make_territory("alpha")
    make_neighbourhood("Avant", "QP031007")
    assert names(alpha) == ["Avant"]
    make_neighbourhood("Maintenant", "QN03101M", perimeter=square(Point(43.6, 1.4)))
    assert names(alpha) == ["Maintenant"]


def test_what_is_drawn_is_lighter_and_still_the_same_place():
    alpha = make_territory("alpha")
    fine = shapely.Point(MIDDLE.longitude, MIDDLE.latitude).buffer(0.005, quad_segs=200)
    fine = shapely.geometry.mapping(shapely.MultiPolygon([fine]))
    made = make_neighbourhood(perimeter=fine, code="QN03101M")
    (feature,) = perimeters_of(alpha)
    assert feature["id"] == made.pk
    assert feature["properties"] == {
        "name": "Grand Carré",
        "code": "QN03101M",
        "commune": "Toulouse",
    }
    before, after = shapely.geometry.shape(fine), shapely.geometry.shape(feature["geometry"])
    assert shapely.get_num_coordinates(after) < shapely.get_num_coordinates(before) / 5
    assert after.symmetric_difference(before).area < before.area / 50
