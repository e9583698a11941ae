"""Records know their neighbourhood, whatever changes: their coordinates or the perimeters."""

import pytest
from directory_factories import make_actor
from factories import make_territory
from perimeters_drawn import MIDDLE, make_neighbourhood, square

from territories.places.distance import Point
from territories.places.locating import settle_all

pytestmark = pytest.mark.django_db
THERE = {"latitude": MIDDLE.latitude, "longitude": MIDDLE.longitude}


def test_a_record_finds_its_neighbourhood_when_it_is_saved():
    found = make_neighbourhood()
    actor = make_actor(make_territory(), **THERE)
    assert (actor.neighbourhood, actor.qpv) == (found, "yes")

    actor.latitude = 43.7
    actor.save(update_fields=["latitude"])
    actor.refresh_from_db()
    assert (actor.neighbourhood, actor.qpv) == (None, "no")

    actor.latitude = actor.longitude = None
    actor.save_revision().publish()
    actor.refresh_from_db()
    assert (actor.neighbourhood, actor.qpv) == (None, "unknown")


def test_new_perimeters_are_told_to_every_record_in_every_territory():
    records = [make_actor(make_territory(slug), **THERE) for slug in ("alpha", "beta")]
    assert {actor.qpv for actor in records} == {"unknown"}
    found = make_neighbourhood()
    before = {actor.pk: actor.latest_revision_id for actor in records}
    assert settle_all() == 2
    for actor in records:
        actor.refresh_from_db()
        assert (actor.neighbourhood, actor.qpv) == (found, "yes")
        assert actor.latest_revision_id == before[actor.pk], "nobody has edited anything"
    assert settle_all() == 0

    found.perimeter = square(Point(43.7, 1.2))
    found.save()
    assert settle_all() == 2


def test_a_neighbourhood_that_goes_takes_no_record_with_it():
    found = make_neighbourhood()
    actor = make_actor(make_territory(), **THERE)
    found.delete()
    actor.refresh_from_db()
    assert actor.neighbourhood is None
