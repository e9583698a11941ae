"""An aid near Colombelles is found by the name of the town, its own or its actor's."""

import pytest
from directory_factories import make_actor, make_service
from factories import make_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def titles(client):
    def listed(address: str, *names: str) -> list[str]:
        html = client.get(address, headers={"host": "alpha.localhost"}).content.decode()
        return [name for name in names if f">{name}</a>" in html]

    return listed


def test_aids_and_actors_are_narrowed_to_a_town(titles, client):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    school = make_actor(alpha, "Auto-école", commune="Colombelles")
    make_actor(alpha, "Mission locale", commune="Caen")
    make_service(alpha, "Passer le code", actor=school)
    make_service(alpha, "Louer un vélo", actor=school, commune="Caen", address="1 rue du Port")
    # Another territory's is nobody's business here.
    beta = make_territory("beta", plugins=["resources_directory"])
    make_actor(beta, "Voisin", commune="Pessac")

    both = ("Passer le code", "Louer un vélo")
    assert titles("/guide/", *both) == list(both)
    assert titles("/guide/?ville=Colombelles", *both) == ["Passer le code"]
    assert titles("/guide/?ville=Caen", *both) == ["Louer un vélo"]
    assert titles("/guide/?ville=Caen&ville=Colombelles", *both) == list(both)
    # A town that nobody knows narrows nothing.
    for nonsense in ("Pessac", "%F0%9F%92%A5", "%00", ""):
        assert titles(f"/guide/?ville={nonsense}", *both) == list(both)
    assert titles("/carte/?ville=Caen", "Auto-école", "Mission locale") == ["Mission locale"]

    page = client.get("/guide/", headers={"host": "alpha.localhost"}).content.decode()
    assert 'name="ville" value="Colombelles"' in page and "Pessac" not in page


def test_where_all_is_in_one_town_nothing_is_asked(client):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    make_service(alpha, "Passer le code", actor=make_actor(alpha, "Auto-école", commune="Caen"))
    page = client.get("/guide/", headers={"host": "alpha.localhost"}).content.decode()
    assert 'name="ville"' not in page
