"""Coordinates found in the background, from a stand-in of the national address base."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from directory_factories import make_actor, make_service
from django.core.exceptions import ImproperlyConfigured
from factories import make_territory
from perimeters_drawn import MIDDLE, make_neighbourhood
from wagtail.models import PageViewRestriction

from resources_directory.models.places import ServicePlace
from territories.models import GeocodedAddress
from territories.places.geocoding.ban import Ban, best_of
from territories.places.geocoding.filling import find_point
from territories.places.geocoding.geocoder import GeocoderDown, Question, geocoder

LOT = {"address": "12 rue du Lot", "postcode": "31100", "commune": "Toulouse", "insee_code": ""}
WITHOUT_POINT = {**LOT, "latitude": None, "longitude": None}


def answer(point=MIDDLE, **properties):
    """As addok answers."""
    said = {
        "label": "12 Rue du Lot 31100 Toulouse",
        "score": 0.96,
        "type": "housenumber",
        "postcode": "31100",
        "citycode": "31555",
        "city": "Toulouse",
        **properties,
    }
    place = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    feature = {"type": "Feature", "geometry": place, "properties": said}
    return {"type": "FeatureCollection", "features": [feature], "attribution": "BAN"}


class StandIn(BaseHTTPRequestHandler):
    said: object = None
    asked: list = []

    def do_GET(self):
        type(self).asked.append(parse_qs(urlsplit(self.path).query))
        is_down = self.said is None
        self.send_response(503 if is_down else 200)
        self.end_headers()
        self.wfile.write(b"<html>" if is_down else json.dumps(self.said).encode())

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/search"
    server.shutdown()
    server.server_close()


@pytest.fixture
def ban(address, settings):
    settings.GEOCODER_URL = address
    StandIn.asked, StandIn.said = [], answer()
    return StandIn


def fill(page):
    done = find_point(page._meta.label, page.pk)
    page.refresh_from_db()
    return done


def point_of(page):
    return page.latitude, page.longitude


def test_an_answer_is_read():
    assert best_of(answer()) == (*MIDDLE, "31555", "Toulouse", False)
    assert best_of(answer(type="street")).is_approximate
    assert best_of({"features": []}) is None


@pytest.mark.parametrize("properties", [{"score": 0.79}, {"type": "municipality"}, {"type": None}])
def test_what_may_be_elsewhere_is_no_answer(properties):
    assert best_of(answer(**properties)) is None


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "x",
        {"features": [None]},
        {"features": [{"properties": {}, "geometry": {}}]},
        answer(score="high"),
        answer(point=type(MIDDLE)(float("nan"), 1)),
        answer(point=type(MIDDLE)(143, 1)),
    ],
)
def test_an_answer_of_another_shape_is_no_crash(said):
    with pytest.raises(GeocoderDown):
        best_of(said)


def test_the_street_and_the_town_are_sent_and_nothing_else(ban):
    found = geocoder().find(Question("12 rue du Lot", "31100", "Toulouse", "31555"))
    assert found.latitude == MIDDLE.latitude
    assert ban.asked == [
        {
            "q": ["12 rue du Lot 31100 Toulouse"],
            "limit": ["1"],
            "autocomplete": ["0"],
            "citycode": ["31555"],
        }
    ]


def test_nothing_is_asked_without_the_setting_and_only_the_web_is(settings):
    assert geocoder() is None
    with pytest.raises(ImproperlyConfigured):
        Ban("file:///etc/passwd")


@pytest.mark.django_db
class TestRecords:
    def test_a_save_asks_in_the_background_and_the_record_finds_its_place(
        self, ban, django_capture_on_commit_callbacks
    ):
        quarter = make_neighbourhood()
        territory = make_territory()
        with django_capture_on_commit_callbacks() as callbacks:
            actor = make_actor(territory, address_extra="Chez Nadia", **WITHOUT_POINT)
        assert ban.asked == [], "nobody waits"
        names = [getattr(one, "args", ()) for one in callbacks]
        assert (actor._meta.label, actor.pk) in names
        assert fill(actor)
        assert point_of(actor) == tuple(MIDDLE)
        assert (actor.insee_code, actor.qpv, actor.neighbourhood) == ("31555", "yes", quarter)
        assert "Nadia" not in str(ban.asked)
        draft = actor.get_latest_revision_as_object()
        assert point_of(draft) == tuple(MIDDLE)
        actor.get_latest_revision().publish()
        actor.refresh_from_db()
        assert point_of(actor) == tuple(MIDDLE), "publishing the draft loses nothing"
        assert not fill(actor)
        # Another record of the same address, of another territory, asks nobody.
        other = make_actor(make_territory("beta"), "Ailleurs", **WITHOUT_POINT)
        before = len(ban.asked)
        assert fill(other) and point_of(other) == tuple(MIDDLE)
        assert len(ban.asked) == before == 1

    def test_what_somebody_typed_is_never_overwritten(self, ban):
        actor = make_actor(make_territory(), **WITHOUT_POINT)
        fill(actor)
        draft = actor.get_latest_revision_as_object()
        draft.latitude, draft.longitude = 43.6, 1.5
        draft.save_revision().publish()
        actor.refresh_from_db()
        assert actor.geocoded_from == ""
        draft = actor.get_latest_revision_as_object()
        draft.address = "14 rue du Lot"
        draft.save_revision().publish()
        fill(actor)
        assert point_of(actor) == (43.6, 1.5)

    def test_a_new_address_takes_its_own_place_in_the_draft_first(self, ban):
        actor = make_actor(make_territory(), **WITHOUT_POINT)
        fill(actor)
        draft = actor.get_latest_revision_as_object()
        draft.address = "3 place de Papus"
        draft.save_revision()
        elsewhere = type(MIDDLE)(43.58, 1.41)
        ban.said = answer(elsewhere)
        assert fill(actor)
        assert point_of(actor) == tuple(MIDDLE)
        assert point_of(actor.get_latest_revision_as_object()) == tuple(elsewhere)
        # One that is not known leaves no point of before.
        draft = actor.get_latest_revision_as_object()
        draft.address = "Nulle part"
        draft.save_revision().publish()
        ban.said = answer(score=0.3)
        assert fill(actor)
        assert point_of(actor) == (None, None)
        assert actor.qpv == "unknown"

    def test_the_middle_of_a_street_is_on_the_map_and_in_no_neighbourhood(self, ban):
        make_neighbourhood()
        ban.said = answer(type="street")
        actor = make_actor(make_territory(), **WITHOUT_POINT)
        fill(actor)
        assert (point_of(actor), actor.qpv) == (tuple(MIDDLE), "unknown")

    def test_a_geocoder_that_is_down_is_logged_and_nothing_is_kept(self, ban, caplog):
        ban.said = None
        actor = make_actor(make_territory(), **WITHOUT_POINT)
        assert not fill(actor)
        assert "No answer from the geocoder" in caplog.text
        assert not GeocodedAddress.objects.exists()
        ban.said = answer()
        assert fill(actor)

    def test_the_address_of_a_private_page_is_sent_to_nobody(self, ban):
        actor = make_actor(make_territory(), **WITHOUT_POINT)
        PageViewRestriction.objects.create(page=actor, restriction_type="login")
        assert not fill(actor)
        assert ban.asked == []

    def test_the_places_of_a_service_are_looked_up_too_in_its_draft_as_well(
        self, ban, django_capture_on_commit_callbacks
    ):
        make_neighbourhood()
        service = make_service(make_territory())
        draft = service.get_latest_revision_as_object()
        draft.places = [ServicePlace(label="Le bus", **WITHOUT_POINT)]
        with django_capture_on_commit_callbacks() as callbacks:
            draft.save_revision()
        assert ("resources_directory.ServicePage", service.pk) in [
            getattr(one, "args", ()) for one in callbacks
        ]
        assert fill(service)
        draft = service.get_latest_revision_as_object()
        assert point_of(draft.places.get()) == tuple(MIDDLE)
        draft.save_revision().publish()
        place = ServicePlace.objects.get()
        assert (point_of(place), place.qpv) == (tuple(MIDDLE), "yes")
