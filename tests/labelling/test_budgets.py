"""What the label adds stays within the budgets: 15 queries a page, 18 a faceted list."""

import pytest
from agenda_factories import make_actor, make_event
from cooperation_factories import make_action
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory

from labelling.grids.adding import keep_addition, new_addition
from labelling.grids.adopting import grid_of

pytestmark = pytest.mark.django_db


def add_a_criterion(territory, name):
    own = new_addition(territory, grid_of(territory))
    own.name, own.question = name, "Est-ce le cas ?"
    keep_addition(criterion=own)


@pytest.fixture
def queries(client):
    def count(address, host="alpha.localhost"):
        client.get(address, headers={"host": host})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers={"host": host}).status_code == 200
        return len(captured)

    return count


def test_pages_with_labels_cost_the_same_for_few_and_for_many(alpha, give, queries):
    event, action, place = make_event(alpha, "Le forum"), make_action(alpha), make_actor(alpha)
    for bearer in (event, action, place):
        give(bearer)
    places = {
        ("/agenda/", "alpha.localhost"): 18,
        ("/agenda/?label=oui", "alpha.localhost"): 18,
        (f"/agenda/{event.slug}/", "alpha.localhost"): 15,
        ("/actions/", "alpha.localhost"): 18,
        ("/actions/?label=oui", "alpha.localhost"): 18,
        (f"/actions/{action.slug}/", "alpha.localhost"): 15,
        ("/carte/", "alpha.localhost"): 18,
        ("/carte/?label=oui", "alpha.localhost"): 18,
        (f"/carte/{place.slug}/", "alpha.localhost"): 15,
        ("/carte/", "localhost"): 18,
        ("/actions/", "localhost"): 18,
        ("/label/", "alpha.localhost"): 15,
        ("/en/label/", "alpha.localhost"): 15,
        ("/label/", "localhost"): 15,
        ("/", "localhost"): 15,
        ("/agenda/", "localhost"): 18,
        ("/agenda/?label=oui", "localhost"): 18,
    }
    few = {place: queries(*place) for place in places}
    for number in range(8):
        add_a_criterion(alpha, f"Critère {number}")
        give(make_event(alpha, f"Atelier {number}"))
    for number in range(3):
        give(make_action(alpha, f"Action {number}"))
        give(make_actor(alpha, f"Lieu {number}"))
    for number in range(2):
        give(make_event(make_territory(f"autre-{number}", plugins=["labelling"]), "Le forum"))
    many = {place: queries(*place) for place in places}
    assert many == few
    assert not {place: many[place] for place, most in places.items() if many[place] > most}
