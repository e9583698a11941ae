"""A service of several places: each is somewhere, and any of them lists it."""

import json
import re
from datetime import timedelta

import pytest
from directory_factories import make_actor, make_service
from django.test import RequestFactory
from django.utils import timezone
from factories import make_territory

from resources_directory.lists.guide import Guide
from resources_directory.models import ServicePage, ServicePlace

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


def in_lists(territory):
    """Where the guide says that each service is given."""
    request = RequestFactory().get("/guide/")
    request.territory = territory
    facts = Guide(request).facts
    towns = [[place.town for place in places] for places in facts.places]
    return dict(zip(facts.titles, towns, strict=True))


class TestPlaces:
    def test_without_any_it_is_at_its_own_address_or_at_its_actors(self, alpha):
        actor = make_actor(alpha, commune="Colombelles", opening_hours="Mo 09:00-12:00")
        its_own = make_service(alpha, "Son adresse", actor=actor, commune="Caen")
        at_actor = make_service(alpha, "Chez l’acteur", actor=actor)
        (own,), (there,) = its_own.all_places, at_actor.all_places
        assert (own.at, own.actor) == (its_own, None)
        assert (there.at, there.actor, there.opening_hours) == (actor, actor, "Mo 09:00-12:00")
        assert its_own.place == its_own and at_actor.place == actor
        assert in_lists(alpha) == {"Son adresse": ["Caen"], "Chez l’acteur": ["Colombelles"]}

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
        assert third.opening_hours == ""
        assert [one.words for one in third.days] == ["jeudi 10 décembre, 9 h à 12 h"]
        assert service.place == host
        assert in_lists(alpha)[service.title] == ["Ifs", "Mondeville", "Ifs"]

    def test_a_host_that_nobody_may_see_is_not_told(self, alpha):
        hidden = make_actor(alpha, "Brouillon", commune="Ifs", published=False)
        service = make_service(
            alpha,
            actor=make_actor(alpha, commune="Caen"),
            places=[place(actor=hidden), place(commune="Mondeville")],
        )
        for found in (service, ServicePage.objects.with_actor().get(pk=service.pk)):
            assert [one.at.commune for one in found.all_places] == ["Mondeville"]
        assert in_lists(alpha)[service.title] == ["Mondeville"]


def test_the_towns_of_a_list_are_those_of_every_place(alpha, client):
    actor = make_actor(alpha, "Auto-école", commune="Caen")
    make_service(alpha, "Deux", actor=actor, places=[place(commune="Ifs"), place(commune="Caen")])
    make_service(alpha, "Seul", actor=actor)

    def listed(query):
        html = client.get(f"/guide/{query}", headers={"host": "alpha.localhost"}).content.decode()
        return [name for name in ("Deux", "Seul") if html.count(f">{name}</a>") == 1]

    assert listed("") == listed("?ville=Caen") == ["Deux", "Seul"]
    assert listed("?ville=Ifs") == ["Deux"]


class TestSheet:
    @pytest.fixture
    def sheet(self, client):
        def read(path="/guide/permis-solidaire/"):
            answer = client.get(path, headers={"host": "alpha.localhost"})
            assert answer.status_code == 200
            return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())

        return read

    def days(self, *ahead):
        first = timezone.localdate()
        return [
            {"day": (first + timedelta(days=days)).isoformat(), "start": "09:00", "end": "12:00"}
            for days in ahead
        ]

    def test_it_tells_the_places_the_next_day_first_and_no_past_one(self, alpha, sheet):
        actor = make_actor(alpha, "Mission locale", commune="Caen")
        host = make_actor(alpha, "Mairie", commune="Ifs")
        make_service(
            alpha,
            actor=actor,
            places=[
                place(commune="Mondeville", label="Salle des fêtes", days=self.days(-3)),
                place(commune="Giberville", label="Gymnase", opening_hours="Mo 10:00-12:00"),
                place(actor=host, note="Porte de gauche", days=self.days(-7, 2, 9)),
            ],
        )
        page = sheet()
        told = page[page.index("Où et quand venir") :]
        order = [told.index(name) for name in ("Mairie", "Gymnase", "Salle des fêtes")]
        assert order == sorted(order)
        assert "Porte de gauche" in told and "Pas de nouvelle date" in told
        assert told.count("9 h à 12 h") == 2

    def test_one_plain_place_is_told_with_the_contact_alone(self, alpha, sheet):
        make_service(alpha, actor=make_actor(alpha, step_free=True))
        page = sheet()
        assert "Où et quand venir" not in page and "Entrée sans marche." in page

    def test_languages_and_care_are_the_actors_where_the_service_says_none(self, alpha, sheet):
        actor = make_actor(alpha, languages_spoken=["ar"], specific_care=["surdite"])
        service = make_service(alpha, actor=actor)
        assert "Arabe" in sheet() and "Personnes sourdes" in sheet()
        service.languages_spoken = ["tr"]
        service.save_revision().publish()
        assert "Turc" in sheet() and "Arabe" not in sheet()

    def test_whoever_lends_a_room_shows_what_is_given_there(self, alpha, sheet):
        host = make_actor(alpha, "Mairie", commune="Ifs")
        make_service(alpha, actor=make_actor(alpha, "Mission locale"), places=[place(actor=host)])
        assert "Permis solidaire" in sheet("/carte/mairie/")


def test_schema_org_locates_every_place(alpha, client):
    make_service(
        alpha,
        places=[
            place(commune="Ifs", opening_hours="Mo 10:00-12:00"),
            place(commune="Mondeville", label="Gymnase"),
        ],
    )
    html = client.get("/guide/permis-solidaire/", headers={"host": "alpha.localhost"})
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html.content.decode(), re.DOTALL)[1])
    found = [node for node in data["@graph"] if node["@type"] == "GovernmentService"]
    first, second = found[0]["availableChannel"]["serviceLocation"]
    assert first["address"]["addressLocality"] == "Ifs"
    assert first["openingHoursSpecification"][0]["opens"] == "10:00"
    assert second["name"] == "Gymnase"
