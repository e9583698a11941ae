"""One question of the address, and the same services for the list, its counts, the map and exports.

Alpha has an auto-école in Toulouse and a mission locale in Blagnac, four kilometres away.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from directory_factories import make_actor, make_service
from django.db.models import Exists, OuterRef
from django.test import RequestFactory
from factories import make_territory
from sample_plugin.models import Pin

from resources_directory.lists.guide import Guide
from resources_directory.models import (
    ActorClosure,
    ActorPage,
    ServiceClosure,
    ServicePage,
    ServicePlace,
)
from territories.models import Neighbourhood, Territory
from territories.plugins import marks
from territories.plugins.contributions import Facet, Mark
from territories.plugins.registry import GROUND, Contribution

pytestmark = pytest.mark.django_db

PERMIT = "mobilite--preparer-un-permis"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
SCHOOL = {"latitude": 43.6, "longitude": 1.44, "commune": "Toulouse", "insee_code": "31555"}
MISSION = {"latitude": 43.63, "longitude": 1.41, "commune": "Blagnac", "insee_code": "31069"}
NOWHERE = {
    **dict.fromkeys(("address", "postcode", "commune", "insee_code"), ""),
    **dict.fromkeys(("latitude", "longitude")),
}
# A Monday.
MORNING = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Paris"))
AT_THE_SCHOOL = "pres=43.6001,1.44"


@pytest.fixture(scope="module", autouse=True)
def filled(undone_after_the_module):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    school = make_actor(
        alpha,
        "Auto-école",
        opening_hours="Mo-Fr 09:00-12:00; PH off",
        languages_spoken=["ar"],
        **SCHOOL,
    )
    mission = make_actor(alpha, "Mission locale", opening_hours="Sa 09:00-12:00", **MISSION)
    nowhere = make_actor(alpha, "Par téléphone", **NOWHERE)
    make_service(
        alpha,
        "Permis solidaire",
        actor=school,
        themes=[PERMIT],
        publics=["jeunes"],
        fees="gratuit",
    )
    two = make_service(
        alpha,
        "Code en groupe",
        actor=nowhere,
        themes=[PERMIT],
        publics=["tous-publics"],
        fees="gratuit-sous-conditions",
    )
    ServicePlace.objects.create(service=two, actor=school, sort_order=0)
    ServicePlace.objects.create(service=two, address="2 place Neuve", sort_order=1, **MISSION)
    make_service(
        alpha,
        "Conseils par téléphone",
        actor=nowhere,
        publics=["seniors"],
        reception_modes=["a-distance"],
        eligibility_zone=["31069"],
    )
    make_service(alpha, "Atelier CV", actor=mission, themes=[CV], fees="payant", type="atelier")
    beta = make_territory("beta", plugins=["resources_directory"])
    make_service(beta, "Permis de Beta", themes=[PERMIT], actor=make_actor(beta, "Chez Beta"))


@pytest.fixture
def alpha():
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def guide(alpha):
    def guide(query: str = "", now: datetime = MORNING) -> Guide:
        request = RequestFactory().get(f"/guide/?{query}")
        request.territory = alpha
        return Guide(request, now)

    return guide


def titles(guide: Guide) -> list[str]:
    return [item.title for item in guide.items]


def answers(guide: Guide, name: str) -> dict[str, int]:
    shown = guide.shown(name)
    return {choice.value: choice.count for choice in shown.choices} if shown else {}


@pytest.mark.parametrize("asked", ["", "theme=mobilite", "public=jeunes", AT_THE_SCHOOL])
def test_each_answer_finds_as_many_services_as_it_promises(guide, asked):
    shown = guide(asked).listing.facets
    assert shown
    for one in shown:
        for choice in one.choices:
            if choice.selected:
                continue
            # Among the answers of one question, another one adds; the count is of it alone.
            others = "&".join(
                part for part in asked.split("&") if not part.startswith(f"{one.facet.name}=")
            )
            found = guide(f"{others}&{one.facet.name}={choice.value}")
            assert found.listing.count == choice.count, (one.facet.name, choice.value)


def test_nothing_of_another_territory_is_listed_counted_or_named(guide):
    everything = guide()
    assert len(titles(everything)) == 4
    assert "Permis de Beta" not in titles(everything)
    assert not any("Beta" in place.name for place in everything.near.places)
    assert set(everything.records) == set(everything.items)


def test_whoever_one_is_what_is_for_everybody_is_there_too(guide):
    assert titles(guide("public=jeunes")) == ["Code en groupe", "Permis solidaire"]
    assert answers(guide(), "public") == {"jeunes": 2, "seniors": 2, "tous-publics": 1}
    assert titles(guide("public=tous-publics")) == ["Code en groupe"]


def test_free_under_a_condition_is_said_apart_from_free(guide):
    assert answers(guide(), "prix") == {"gratuit": 1, "gratuit-sous-conditions": 1, "payant": 1}


def test_a_remote_service_is_found_in_the_towns_that_it_reaches(guide):
    reached = {"Code en groupe", "Atelier CV", "Conseils par téléphone"}
    assert set(titles(guide("ville=Blagnac"))) == reached
    assert "Conseils par téléphone" not in titles(guide("ville=Toulouse"))
    assert titles(guide("distance=oui")) == ["Conseils par téléphone"]


@pytest.mark.parametrize("zone", [["31"], ["243100518"], ["france"], []])
def test_what_holds_a_town_and_no_zone_at_all_reach_it(guide, alpha, zone):
    alpha.communes.update(epci="243100518")
    ServicePage.objects.filter(title="Conseils par téléphone").update(eligibility_zone=zone)
    assert "Conseils par téléphone" in titles(guide("ville=Toulouse"))
    ServicePage.objects.update(eligibility_zone=["24"])
    assert "Conseils par téléphone" not in titles(guide("ville=Toulouse"))


def test_near_a_place_the_nearest_comes_first_and_the_distance_is_told(guide):
    near = guide(f"{AT_THE_SCHOOL}&rayon=10")
    assert titles(near) == ["Code en groupe", "Permis solidaire", "Atelier CV"]
    assert [item.distance for item in near.items] == ["à 50 m", "à 50 m", "à 4,1 km"]
    assert "Atelier CV" not in titles(guide(f"{AT_THE_SCHOOL}&rayon=2"))


def test_a_service_of_two_places_is_near_both(guide):
    other = guide("pres=43.63,1.41&rayon=1")
    assert titles(other) == ["Atelier CV", "Code en groupe"]
    assert other.items[1].distance == "à 50 m"


def test_a_place_whose_host_may_not_be_shown_is_no_place(guide):
    ActorPage.objects.filter(title="Auto-école").update(live=False)
    assert titles(guide(AT_THE_SCHOOL)) == []
    assert "Code en groupe" in titles(guide("ville=Blagnac"))


def test_it_tells_what_is_open_at_this_moment(guide):
    assert titles(guide("ouvert=oui")) == ["Code en groupe", "Permis solidaire"]
    saturday = datetime(2026, 12, 5, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert titles(guide("ouvert=oui", saturday)) == ["Atelier CV"]
    assert guide(f"{AT_THE_SCHOOL}").items[0].state.is_open


def test_what_closes_an_actor_closes_its_services_that_day(guide):
    school = ActorPage.objects.get(title="Auto-école")
    ActorClosure.objects.create(actor=school, first_day=MORNING, last_day=MORNING)
    closed = guide("ouvert=oui")
    assert titles(closed) == []
    next_day = MORNING + timedelta(days=1)
    assert "Permis solidaire" in titles(guide("ouvert=oui", next_day))
    service = ServicePage.objects.get(title="Permis solidaire")
    ServiceClosure.objects.create(service=service, first_day=next_day, last_day=next_day)
    assert titles(guide("ouvert=oui", next_day)) == ["Code en groupe"]


def test_a_permanence_opens_its_place_on_its_day_alone(guide):
    there = ServicePlace.objects.filter(address="2 place Neuve")
    there.update(days=[{"day": "2026-12-05", "start": "09:00", "end": "11:00"}])
    saturday = datetime(2026, 12, 5, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert "Code en groupe" in titles(guide("ouvert=oui", saturday))
    ServicePlace.objects.exclude(pk__in=there).delete()
    assert "Code en groupe" not in titles(guide("ouvert=oui"))


def test_the_languages_of_a_service_stand_before_those_of_its_actor(guide):
    assert titles(guide("langue=ar")) == ["Permis solidaire"]
    ServicePage.objects.filter(title="Permis solidaire").update(languages_spoken=["tr"])
    assert answers(guide(), "langue") == {"tr": 1}


def test_a_neighbourhood_finds_what_is_given_there(guide, alpha):
    here = Neighbourhood.objects.create(
        commune=alpha.communes.get(), name="Bagatelle", code="QN03107M"
    )
    alpha.neighbourhoods.add(here)
    ActorPage.objects.filter(title="Auto-école").update(neighbourhood=here)
    assert titles(guide("quartier=QN03107M")) == ["Code en groupe", "Permis solidaire"]
    assert answers(guide(), "quartier") == {"QN03107M": 2}
    assert titles(guide("quartier=QN99999Z")) == titles(guide())


class TestNothingFound:
    def test_the_filter_that_hides_most_may_be_taken_away(self, guide):
        empty = guide("theme=mobilite&prix=payant")
        assert titles(empty) == []
        without = empty.nearest.without
        assert (without.words, without.count) == ("Payant", 2)
        assert without.url == "/guide/?theme=mobilite"

    def test_the_nearest_place_that_has_it_is_named(self, guide):
        empty = guide(f"{AT_THE_SCHOOL}&rayon=1&type=atelier")
        item = empty.nearest.item
        assert (item.title, item.distance) == ("Atelier CV", "à 4,1 km")

    def test_a_filter_that_leaves_nothing_can_still_be_removed(self, guide):
        empty = guide("theme=sante")
        assert [chip["url"] for chip in empty.active] == ["/guide/"]
        assert not empty.listing.is_worth_finding


class TestMap:
    def test_it_has_the_services_of_the_list_at_each_of_their_places(self, guide):
        shown = guide("vue=carte")
        spots = shown.spots.page.object_list
        assert {(spot.name, spot.count) for spot in spots} == {
            ("Auto-école", 2),
            ("Mission locale", 2),
        }
        placed = {key for spot in spots for key in spot.keys}
        assert len(placed) + shown.spots.unplaced == shown.listing.count == 4
        assert shown.spots.unplaced == 1

    def test_near_a_place_it_leaves_out_the_places_that_are_far(self, guide):
        shown = guide(f"vue=carte&{AT_THE_SCHOOL}&rayon=1")
        assert [spot.name for spot in shown.spots.page.object_list] == ["Auto-école"]

    def test_one_of_its_places_leads_to_the_services_given_there(self, guide):
        spot = guide("vue=carte&theme=mobilite").spots.page.object_list[0]
        path, _mark, query = spot.url.partition("?")
        there = guide(query)
        assert path == "/guide/"
        assert {item.pk for item in there.items} == set(spot.keys)
        assert there.near.words == "à cet endroit"


def test_the_map_says_what_it_does_not_show_and_how_to_read_it(client):
    html = client.get("/guide/?vue=carte&theme=mobilite", headers={"host": "alpha.localhost"})
    html = html.content.decode().replace("\u00a0", " ")
    assert 'data-geojson="/guide/aides.geojson?vue=carte&amp;theme=mobilite"' in html
    assert html.count('data-place="') == 2
    everything = client.get("/guide/?vue=carte", headers={"host": "alpha.localhost"})
    assert "1 aide n’est pas encore sur la carte" in everything.content.decode()
    features = client.get(
        "/guide/aides.geojson?vue=carte&theme=mobilite", headers={"host": "alpha.localhost"}
    ).json()["features"]
    assert {feature["properties"]["name"] for feature in features} == {
        "Auto-école",
        "2 place Neuve, Blagnac",
    }


def test_marks_and_facets_of_other_plugins_order_and_narrow_it(guide, alpha, monkeypatch):
    def pinned(path):
        return Exists(Pin.objects.filter(page=OuterRef(path)))

    facet = Facet(
        "epingle",
        "Épinglé",
        "resources_directory.ServicePage",
        lambda found: [("oui", "Épinglé", found.filter(pinned("pk")).count())],
        lambda found, values: found.filter(pinned("pk")) if "oui" in values else found,
    )
    mark = Mark("lit", "resources_directory.ServicePage", lambda pks: {}, pinned, facet)
    monkeypatch.setattr(
        marks,
        "contributions",
        lambda kind: [Contribution(GROUND, mark)] if kind == "MARKS" else [],
    )
    last = ServicePage.objects.get(title="Atelier CV")
    Pin.objects.create(territory=alpha, page=last, words="Mis en lumière")
    assert titles(guide())[0] == "Atelier CV"
    assert titles(guide("epingle=oui")) == ["Atelier CV"]
    assert answers(guide("epingle=oui"), "prix") == {"payant": 1}
    assert answers(guide("theme=mobilite"), "epingle") == {"oui": 0}


def test_what_nobody_knows_narrows_nothing(guide):
    assert titles(guide("theme=rien&public=personne&prix=cher&langue=xx")) == titles(guide())
