"""A service of several places: each is somewhere, and any of them lists it."""

import pytest
from directory_factories import make_actor, make_service
from factories import make_territory

from resources_directory.models import ServicePage, ServicePlace
from resources_directory.whereabouts import at, held

pytestmark = pytest.mark.django_db

NOWHERE = dict.fromkeys(("address", "postcode", "commune", "insee_code"), "") | {
    "latitude": None,
    "longitude": None,
}


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


def place(**fields):
    return ServicePlace(**fields)


def in_sql(*fields):
    rows = ServicePage.objects.order_by("pk", "places__sort_order")
    return list(rows.values_list("title", *(at(field) for field in fields)))


class TestPlaces:
    def test_without_any_it_is_at_its_own_address_or_at_its_actors(self, alpha):
        actor = make_actor(alpha, commune="Colombelles", opening_hours="Mo 09:00-12:00")
        its_own = make_service(alpha, "Son adresse", actor=actor, commune="Caen")
        at_actor = make_service(alpha, "Chez l’acteur", actor=actor)
        (own,), (there,) = its_own.all_places, at_actor.all_places
        assert (own.at, own.actor) == (its_own, None)
        assert (there.at, there.actor, there.opening_hours) == (actor, actor, "Mo 09:00-12:00")
        assert its_own.place == its_own and at_actor.place == actor
        assert in_sql("commune") == [("Son adresse", "Caen"), ("Chez l’acteur", "Colombelles")]

    def test_each_has_its_address_its_hours_and_its_door(self, alpha, django_assert_num_queries):
        actor = make_actor(alpha, "Mission locale", commune="Caen")
        host = make_actor(alpha, "Mairie", commune="Ifs", opening_hours="Tu 09:00-12:00")
        service = make_service(
            alpha,
            actor=actor,
            commune="Ailleurs",
            places=[
                place(actor=host, label="Salle 2"),
                place(commune="Mondeville", opening_hours="We 14:00-16:00", step_free=True),
                place(
                    actor=host,
                    days=[{"day": "2026-12-10", "start": "09:00", "end": "12:00"}],
                ),
            ],
        )
        service = ServicePage.objects.with_actor().get(pk=service.pk)
        with django_assert_num_queries(0):
            first, second, third = service.all_places
        assert (first.at, first.name, first.opening_hours) == (host, "Salle 2", "Tu 09:00-12:00")
        assert (second.at.commune, second.step_free) == ("Mondeville", True)
        # On certain days only: nothing is said of the others.
        assert third.opening_hours == "" and third.is_dated
        assert [one.words for one in third.days] == ["jeudi 10 décembre, 9 h à 12 h"]
        assert service.place == host
        assert [row[1] for row in in_sql("commune")] == ["Ifs", "Mondeville", "Ifs"]

    def test_a_host_that_nobody_may_see_is_not_told(self, alpha):
        hidden = make_actor(alpha, "Brouillon", commune="Ifs", published=False)
        service = make_service(
            alpha,
            actor=make_actor(alpha, commune="Caen"),
            places=[place(actor=hidden), place(commune="Mondeville")],
        )
        for found in (service, ServicePage.objects.with_actor().get(pk=service.pk)):
            assert [one.at.commune for one in found.all_places] == ["Mondeville"]

    def test_whoever_is_in_one_of_them_is_found_once(self, alpha):
        actor = make_actor(alpha, commune="Caen")
        both = make_service(
            alpha, "Deux", actor=actor, places=[place(commune="Ifs"), place(commune="Caen")]
        )
        one = make_service(alpha, "Seul", actor=actor)
        services = ServicePage.objects.order_by("title")
        assert list(held(services, commune="Caen")) == [both, one]
        assert list(held(services, commune="Ifs")) == [both]
        # Both lookups are of one place.
        assert not held(services, commune="Ifs", postcode="31000")


def test_the_towns_of_a_list_are_those_of_every_place(alpha, client):
    actor = make_actor(alpha, "Auto-école", commune="Caen")
    make_service(alpha, "Deux", actor=actor, places=[place(commune="Ifs"), place(commune="Caen")])
    make_service(alpha, "Seul", actor=actor)

    def listed(query):
        html = client.get(f"/guide/{query}", headers={"host": "alpha.localhost"}).content.decode()
        return [name for name in ("Deux", "Seul") if html.count(f">{name}</a>") == 1]

    assert listed("") == listed("?ville=Caen") == ["Deux", "Seul"]
    assert listed("?ville=Ifs") == ["Deux"]
