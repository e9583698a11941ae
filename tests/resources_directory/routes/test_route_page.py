"""A route: its page, its file for a GPS, its points on a map, and stops that cannot be shown."""

import json
import re
from xml.etree import ElementTree

import pytest
from directory_factories import make_actor, make_route
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_member, make_territory
from wagtail.models import Locale, PageViewRestriction

from resources_directory.models import RoutePage
from resources_directory.routes.course import Course, duration_words
from resources_directory.routes.gpx import NAMESPACE
from resources_directory.searchable import find_route
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db

# About 1.11 km from one to the next, due north.
NORTH = [(round(43.60 + 0.01 * step, 2), 1.44) for step in range(20)]
SAID = "Demandez <Samia> & ses vélos"


def make_stops(territory, number):
    return [
        make_actor(
            territory,
            f"Lieu {'ABCDEFGHIJKLMNOPQRST'[rank - 1]}",
            latitude=latitude,
            longitude=longitude,
        )
        for rank, (latitude, longitude) in enumerate(NORTH[:number], start=1)
    ]


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


@pytest.fixture
def rally(alpha):
    first, second, third = make_stops(alpha, 3)
    return make_route(
        alpha,
        "Le rallye vélo",
        slug="rallye",
        mode="bike",
        introduction="Trois lieux où l’on vous aide.",
        stops=[(first, SAID), second, third],
    )


def get(client, address, host="alpha.localhost"):
    return client.get(address, headers={"host": host})


def page(client, address="/carte/rallye/"):
    answer = get(client, address)
    assert answer.status_code == 200
    return answer.content.decode()


def places(client, address="/carte/rallye/parcours.geojson"):
    return json.loads(get(client, address).content)["features"]


def gpx(client, address="/carte/rallye/parcours.gpx"):
    return ElementTree.fromstring(get(client, address).content)  # noqa: S314 - our own


def titles(html):
    return re.findall(r"<h3><a href=\"[^\"]+\">([^<]+)</a></h3>", html)


def actors_of(rally):
    return [stop.actor for stop in rally.stops.all()]


class TestPage:
    def test_it_shows_the_stops_in_order_what_to_do_and_how_far_they_are(self, client, rally):
        html = page(client)
        assert titles(html) == ["Lieu A", "Lieu B", "Lieu C"]
        assert "Demandez &lt;Samia&gt; &amp; ses vélos" in html
        assert len(re.findall(r"Ensuite.{0,12}1,1.{0,8}km à vol d’oiseau", html)) == 2
        assert re.search(r"2,2.{0,8}km à vol d’oiseau", html)
        assert 'href="/carte/rallye/parcours.gpx"' in html

    def test_it_is_drawn_without_a_script_in_the_order_of_the_stops(self, client, rally):
        html = page(client)
        (way,) = re.findall(r'<polyline points="([^"]+)"', html)
        heights = [int(point.split(",")[1]) for point in way.split()]
        assert heights == sorted(heights, reverse=True) and len(heights) == 3
        assert re.findall(r"<text[^>]*>(\d)</text>", html) == ["1", "2", "3"]

    def test_what_was_measured_wins_over_the_flight_of_a_bird(self, rally):
        assert Course(rally).length == "2,2 km à vol d’oiseau"
        # 2.2 km, longer by the turns of the streets, at 12 km an hour.
        assert Course(rally).minutes == 15
        rally.length_km = 6
        assert (Course(rally).length, Course(rally).minutes) == ("6 km", 30)

    def test_a_loop_comes_back_to_its_start(self, client, rally):
        rally.is_loop = True
        rally.save_revision().publish()
        assert Course(rally).length == "4,4 km à vol d’oiseau"
        assert "Retour au départ" in page(client)
        way, *_stops = places(client)
        assert way["geometry"]["coordinates"][0] == way["geometry"]["coordinates"][-1]
        assert len(gpx(client).findall(f".//{{{NAMESPACE}}}rtept")) == 4

    def test_hours_and_minutes_are_said_as_people_say_them(self):
        assert [duration_words(minutes) for minutes in (5, 60, 95)] == [
            "5 minutes",
            "1 heure",
            "1 h 35",
        ]

    def test_it_is_a_trip_for_search_engines_and_has_its_place_under_the_map(self, client, rally):
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(client))
        (trip,) = [one for one in json.loads(data)["@graph"] if one["@type"] == "TouristTrip"]
        stops = trip["itinerary"]["itemListElement"]
        assert [(stop["position"], stop["item"]["name"]) for stop in stops] == [
            (1, "Lieu A"),
            (2, "Lieu B"),
            (3, "Lieu C"),
        ]
        assert 'href="/carte/rallye/"' in page(client, "/carte/")


class TestPlaces:
    def test_the_way_comes_first_then_each_stop_with_its_number(self, client, rally):
        way, first, *others = places(client)
        assert way["geometry"] == {
            "type": "LineString",
            "coordinates": [[1.44, 43.6], [1.44, 43.61], [1.44, 43.62]],
        }
        assert first["geometry"]["coordinates"] == [1.44, 43.6]
        assert first["properties"]["url"] == "/carte/lieu-a/"
        assert first["properties"]["said"] == "Étape 1"
        assert [one["properties"]["number"] for one in (first, *others)] == [1, 2, 3]
        assert f'data-place="{first["id"]}"' in page(client)


# `gpx.xsd`, version 1.1: the elements of the types that we write, in their order.
SEQUENCES = {
    "gpx": ["metadata", "wpt", "rte", "trk", "extensions"],
    "metadata": [
        *("name", "desc", "author", "copyright", "link", "time", "keywords", "bounds"),
        "extensions",
    ],
    "author": ["name", "email", "link"],
    "copyright": ["year", "license"],
    "link": ["text", "type"],
    "rte": ["name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"],
    "wpt": [
        *("ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym"),
        *("type", "fix", "sat", "hdop", "vdop", "pdop", "ageofdgpsdata", "dgpsid", "extensions"),
    ],
}
SEQUENCES["rtept"] = SEQUENCES["wpt"]
ATTRIBUTES = {
    "gpx": {"version", "creator"},
    "copyright": {"author"},
    "link": {"href"},
    "wpt": {"lat", "lon"},
    "rtept": {"lat", "lon"},
}
ONCE = {"metadata", "name", "desc", "author", "copyright", "time", "type", "text", "license"}


def faults(element):
    """What the schema of GPX 1.1 would refuse."""
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if set(element.attrib) != ATTRIBUTES.get(name, set()):
        yield f"{name}: {sorted(element.attrib)}"
    children = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    order = SEQUENCES.get(name, [])
    if unknown := set(children) - set(order):
        yield f"{name}: {unknown}"
        return
    if children != sorted(children, key=order.index):
        yield f"{name}: {children}"
    yield from (f"{name}: {one} twice" for one in ONCE if children.count(one) > 1)
    for child in element:
        yield from faults(child)


class TestGpx:
    def test_it_keeps_the_schema_and_names_each_stop_in_order(self, client, rally):
        answer = get(client, "/carte/rallye/parcours.gpx")
        assert answer["Content-Type"] == "application/gpx+xml"
        assert 'filename="rallye.gpx"' in answer["Content-Disposition"]
        root = gpx(client)
        assert root.tag == f"{{{NAMESPACE}}}gpx" and root.get("version") == "1.1"
        assert list(faults(root)) == []
        points = root.findall(f".//{{{NAMESPACE}}}rtept")
        assert [(float(one.get("lat")), float(one.get("lon"))) for one in points] == NORTH[:3]
        names = [one.findtext(f"{{{NAMESPACE}}}name") for one in points]
        assert names == ["1. Lieu A", "2. Lieu B", "3. Lieu C"]
        assert points[0].findtext(f"{{{NAMESPACE}}}desc").startswith(SAID)

    def test_what_xml_cannot_write_is_left_out(self, client, rally):
        RoutePage.objects.filter(pk=rally.pk).update(introduction="a\x0bb\ufffe")
        assert gpx(client).findtext(f"{{{NAMESPACE}}}metadata/{{{NAMESPACE}}}desc") == "ab"


class TestStopsThatCannotBeShown:
    def hide(self, how, actor):
        if how == "unpublished":
            actor.unpublish()
        elif how == "private":
            PageViewRestriction.objects.create(page=actor, restriction_type="login")
        else:
            actor.delete()

    @pytest.mark.parametrize("how", ["unpublished", "private", "deleted"])
    def test_the_others_are_counted_on_everywhere(self, client, rally, how):
        self.hide(how, actors_of(rally)[1])
        html = page(client)
        assert titles(html) == ["Lieu A", "Lieu C"]
        assert "Lieu B" not in html
        assert "Une étape n’est pas proposée pour l’instant." in html
        assert [one["properties"].get("number") for one in places(client)] == [None, 1, 2]
        assert "Lieu B" not in get(client, "/carte/rallye/parcours.gpx").content.decode()
        assert list(faults(gpx(client))) == []

    def test_one_without_a_point_stays_in_the_list_and_says_so(self, client, rally):
        middle = actors_of(rally)[1]
        middle.latitude = middle.longitude = None
        middle.save_revision().publish()
        html = page(client)
        assert len(titles(html)) == 3
        assert "Pas encore sur la carte" in html
        assert "Une étape n’est pas encore sur la carte" in html
        assert len(gpx(client).findall(f".//{{{NAMESPACE}}}wpt")) == 2

    def test_a_route_without_any_stop_says_so_and_has_no_map(self, client, rally):
        for actor in actors_of(rally):
            actor.unpublish()
        html = page(client)
        assert "ne sont pas ouverts au public pour l’instant" in html
        assert "data-map" not in html and "parcours.gpx" not in html
        assert list(faults(gpx(client))) == []

    def test_the_editor_is_told_which_and_why(self, client, rally):
        first, second, third = actors_of(rally)
        first.delete()
        second.unpublish()
        third.latitude = third.longitude = None
        third.save_revision().publish()
        client.force_login(make_member(rally.territory))
        html = get(client, f"/admin/pages/{rally.pk}/edit/", "localhost").content.decode()
        assert "Étape 1 : ce lieu n’existe plus." in html
        assert "Étape 2 : « Lieu B » n’est pas publié" in html
        assert "Étape 3 : « Lieu C » n’a pas de point sur la carte." in html

    def test_a_strangers_actor_is_never_a_stop(self, client, rally):
        beta = make_territory("beta", plugins=["resources_directory"])
        stranger = make_actor(beta, "Chez Beta", phone="05 99 99 99 99")
        rally.stops.update(actor=stranger)
        assert "Chez Beta" not in page(client)
        assert "Chez Beta" not in get(client, "/carte/rallye/parcours.gpx").content.decode()
        assert get(client, "/carte/rallye/parcours.gpx", "beta.localhost").status_code == 404
        assert get(client, "/carte/rallye/parcours.geojson", "localhost").status_code == 404

    def test_a_private_route_gives_no_file(self, client, rally):
        PageViewRestriction.objects.create(page=rally, restriction_type="login")
        for name in ("gpx", "geojson"):
            assert get(client, f"/carte/rallye/parcours.{name}").status_code == 404


class TestLanguages:
    @pytest.fixture
    def english(self, rally):
        translation = rally.copy_for_translation(Locale.objects.get(language_code="en"))
        translation.title = "The bike rally"
        stops = list(translation.stops.all())
        stops[1].words = "Have a coffee."
        translation.stops = stops
        translation.save_revision().publish()
        return translation

    def test_words_are_the_translations_and_facts_the_records(self, client, rally, english):
        rally.length_km = 6
        rally.stops = list(rally.stops.all())[:2]
        rally.save_revision().publish()
        html = page(client, f"/en/carte/{english.slug}/")
        assert "The bike rally" in html and "Have a coffee." in html
        assert re.search(r"6.{0,8}km", html)
        assert len(re.findall(r'data-place="', html)) == 2

    def test_what_is_said_in_french_alone_says_that_it_is_french(self, client, rally, english):
        stops = list(english.stops.all())
        stops[0].words = ""
        english.stops = stops
        english.save_revision().publish()
        html = page(client, f"/en/carte/{english.slug}/")
        assert '<bdi lang="fr">Demandez' in html

    def test_the_editor_of_translations_offers_the_words_of_each_stop(self, rally):
        from wagtail_localize.segments.extract import extract_segments

        said = [getattr(one, "string", None) for one in extract_segments(rally)]
        assert SAID in {one.render_text() for one in said if one}


def test_it_costs_the_same_for_three_stops_or_twenty(client, alpha):
    actors = make_stops(alpha, 20)
    make_route(alpha, "Court", slug="court", stops=actors[:3])
    make_route(alpha, "Long", slug="long", stops=actors)
    for language in ("", "/en"):
        for leaf in ("", "parcours.gpx", "parcours.geojson"):
            few, many = (
                queries(client, f"{language}/carte/{slug}/{leaf}") for slug in ("court", "long")
            )
            assert few == many <= 15, leaf


def queries(client, address):
    get(client, address)
    with CaptureQueriesContext(connection) as captured:
        assert get(client, address).status_code == 200
    return len(captured)


def test_search_finds_it_by_its_stops_and_never_by_one_that_is_hidden(rally):
    first, second, _third = actors_of(rally)
    second.unpublish()
    found = find_route(rally, rally)
    assert {"À vélo", "Lieu A", "Lieu C"} == set(found.words)
    assert found.body == SAID
    assert (found.latitude, found.insee_code) == (first.latitude, first.insee_code)


def test_a_closed_plugin_hides_the_page_and_its_files(client, rally):
    switch_off(territory=rally.territory, plugin="resources_directory")
    for leaf in ("", "parcours.gpx", "parcours.geojson"):
        assert get(client, f"/carte/rallye/{leaf}").status_code == 404
