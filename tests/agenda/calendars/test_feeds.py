"""The agenda as RSS, JSON and CSV, and what all its outputs have in common."""

import csv
import json
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from io import StringIO

import pytest
from agenda_factories import local, make_actor, make_event, make_registration
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from agenda.calendars.table import HEADINGS
from agenda.models import DateChange, EventDate
from territories.models import PluginSwitch, Term

pytestmark = pytest.mark.django_db
BASE = "/agenda/calendrier."
OUTPUTS = ("ics", "rss", "json", "csv")
# The keys of an event in the samples of OpenAgenda that our importer reads.
KEYS_OF_OPENAGENDA = {
    *("accessibility", "age", "attendanceMode", "conditions", "createdAt", "dateRange"),
    *("description", "draft", "featured", "firstTiming", "image", "imageCredits", "keywords"),
    *("lastTiming", "links", "location", "longDescription", "nextTiming", "onlineAccessLink"),
    *("originAgenda", "private", "registration", "slug", "state", "status", "timezone"),
    *("timings", "title", "uid", "updatedAt"),
}


@pytest.fixture
def forum(alpha):
    start = local(alpha, 2027, 7, 1, 9, 30)
    return make_event(
        alpha,
        "Forum <emploi> & « café »",
        slug="forum",
        dates=[
            EventDate(
                start=start,
                end=start + timedelta(hours=2),
                repeat="weekly",
                until=start + timedelta(days=14),
            )
        ],
        changes=[DateChange(kind="cancelled", original=start + timedelta(days=7))],
        body="<p>Un café, des offres.</p><p>Venez !</p>",
        publics=["jeunes"],
        format=Term.objects.get(kind="event-format", code="forum"),
        place=make_actor(
            alpha, "Tremplin", address="1 rue Lot", commune="Toulouse", insee_code="31555"
        ),
        registration_phone="+33 5 61 00 00 00",
        accessibility=["mi"],
    )


@pytest.fixture
def items(get):
    """The titles and the items of a feed."""

    def read(query="", host="alpha.localhost", prefix=""):
        root = ET.fromstring(get(f"{prefix}{BASE}rss{query}", host))  # noqa: S314
        return {item.findtext("title"): item for item in root.iter("item")}

    return read


@pytest.fixture
def events(get):
    def read(query="", host="alpha.localhost", prefix=""):
        return json.loads(get(f"{prefix}{BASE}json{query}", host))

    return read


@pytest.fixture
def rows(get):
    def read(query="", host="alpha.localhost", prefix=""):
        text = get(f"{prefix}{BASE}csv{query}", host)
        assert text.startswith("\ufeff")
        return list(csv.DictReader(StringIO(text[1:]), delimiter=";"))

    return read


@pytest.fixture
def titles(get, items, events, rows):
    """The titles of the events that each output holds, by its extension."""

    def read(query="", host="alpha.localhost", prefix=""):
        ics = get(f"{prefix}{BASE}ics{query}", host)
        exported = events(query, host, prefix)["events"]
        lines = ics.replace("\r\n ", "").split("\r\n")
        return {
            "ics": {line[8:] for line in lines if line.startswith("SUMMARY:")},
            "rss": set(items(query, host, prefix)),
            "json": {next(reversed(one["title"].values())) for one in exported},
            "csv": {row["titre"] for row in rows(query, host, prefix)},
        }

    return read


def everywhere(*found):
    return {output: set(found) for output in OUTPUTS}


class TestAll:
    def test_they_obey_the_filters_of_the_page(self, alpha, titles):
        make_event(alpha, "Jeunes", publics=["jeunes"])
        make_event(alpha, "Payant", is_free=False)
        day = timezone.localdate() + timedelta(days=10)
        assert titles() == everywhere("Jeunes", "Payant")
        assert titles("?public=jeunes") == everywhere("Jeunes")
        assert titles("?gratuit=oui") == everywhere("Jeunes")
        assert titles(f"?du={day}&au={day}&public=jeunes") == everywhere("Jeunes")
        assert titles(f"?du={day + timedelta(days=2)}") == everywhere()

    @pytest.mark.parametrize(
        "query",
        [
            "?du=2026-99-99",
            "?public=%00&page=-1",
            "?size=x&after[]=-3",
            "?periode=hier&theme=%F0%9F%98%80",
        ],
    )
    def test_nonsense_is_ignored(self, alpha, get, query):
        make_event(alpha)
        for output in OUTPUTS:
            assert (
                "Atelier" in get(f"{BASE}{output}{query}") or "theme" in query or "public" in query
            )

    def test_strangers_private_pages_and_drafts_are_in_none(self, alpha, beta, titles):
        make_event(beta, "Chez beta")
        make_event(alpha, "Brouillon", published=False)
        private = make_event(alpha, "Privé")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        assert titles() == everywhere()
        assert titles(host="localhost") == everywhere("Chez beta")

    def test_a_date_without_a_place_left_is_full(self, alpha, get, items, events, rows):
        start = timezone.now() + timedelta(days=2)
        later = (start + timedelta(days=30)).date()
        event = make_event(
            alpha,
            registration_is_open=True,
            capacity=1,
            dates=[EventDate(start=start, repeat="list", days=[later.isoformat()])],
        )
        make_registration(event)
        assert list(items()) == ["Complet : Atelier"]
        assert get(f"{BASE}ics").count("SUMMARY:Complet : Atelier") == 1
        (told,) = events()["events"]
        assert [timing.get("status") for timing in told["timings"]] == [5, None]
        assert [row["etat"] for row in rows()] == ["complet", "prévu"]
        assert told["registration"] == [{"type": "link", "value": f"{event.full_url}inscription/"}]

    def test_they_speak_the_language_of_their_address(self, alpha, titles):
        event = make_event(alpha, "Le marché")
        make_event(alpha, "Sans traduction")
        translation = event.copy_for_translation(Locale.objects.get(language_code="en"))
        translation.title = "The market"
        translation.save_revision().publish()
        assert titles() == everywhere("Le marché", "Sans traduction")
        assert titles(prefix="/en") == everywhere("The market", "Sans traduction")

    def test_a_plugin_that_is_off_has_none(self, alpha, get):
        PluginSwitch.objects.filter(territory=alpha, plugin="agenda").update(is_on=False)
        for output in OUTPUTS:
            get(f"{BASE}{output}", status=404)
        get("/agenda/atelier.ics", status=404)

    def test_they_may_be_kept_and_are_not_sent_again_unless_they_changed(self, alpha, client):
        event = make_event(alpha)
        host = {"host": "alpha.localhost"}
        addresses = [*(f"{BASE}{output}" for output in OUTPUTS), "/agenda/atelier.ics"]
        for address in addresses:
            first = client.get(address, headers=host)
            assert first["Cache-Control"] == "public, max-age=900"
            assert not first.cookies
            assert client.post(address, headers=host).status_code == 405
            if address.endswith(".csv"):
                continue  # written as it is read
            again = client.get(address, headers={**host, "if-none-match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            event.title += " !"
            event.save_revision().publish()
            changed = client.get(address, headers={**host, "if-none-match": first["ETag"]})
            assert changed.status_code == 200

    def test_the_page_offers_them_with_its_filters(self, alpha, get):
        make_event(alpha, "Jeunes", publics=["jeunes"])
        html = get("/agenda/?public=jeunes&page=2")
        assert f'href="webcal://alpha.localhost{BASE}ics?public=jeunes"' in html
        assert f"http://alpha.localhost{BASE}ics?public=jeunes<" in html
        for output in OUTPUTS:
            assert f'href="{BASE}{output}?public=jeunes"' in html
        head = html[: html.index("</head>")]
        for kind, output in (("text/calendar", "ics"), ("application/rss+xml", "rss")):
            assert f'<link rel="alternate" type="{kind}"' in head
            assert f'href="{BASE}{output}?public=jeunes"' in head


class TestFeed:
    def test_an_item_has_what_a_reader_shows(self, alpha, forum, items):
        (item,) = items().values()
        assert item.findtext("title") == forum.title
        assert item.findtext("link") == forum.full_url
        assert item.findtext("guid") == f"urn:uuid:{forum.translation_key}"
        assert item.find("guid").get("isPermaLink") == "false"
        assert {one.text for one in item.iter("category")} == {"Forum ou salon"}
        published = datetime.strptime(item.findtext("pubDate"), "%a, %d %b %Y %H:%M:%S %z")
        assert published == forum.first_published_at.replace(microsecond=0)
        words = item.findtext("description")
        assert "<p>Tremplin, 1 rue Lot, Toulouse</p>" in words
        assert "1er juillet" in words

    def test_what_was_announced_last_comes_first_and_a_cancelled_event_says_so(self, alpha, items):
        make_event(alpha, "Ancien")
        make_event(alpha, "Nouveau", status="cancelled")
        assert list(items()) == ["Annulé : Nouveau", "Ancien"]


class TestExport:
    def test_an_event_has_the_shape_of_openagenda(self, alpha, forum, events):
        data = events()
        assert data["total"] == 1
        (event,) = data["events"]
        assert set(event) >= KEYS_OF_OPENAGENDA
        assert event["title"] == {"fr": forum.title}
        assert event["longDescription"] == {"fr": "Un café, des offres.\nVenez !"}
        assert event["timings"][0] == {
            "begin": "2027-07-01T09:30:00+02:00",
            "end": "2027-07-01T11:30:00+02:00",
        }
        assert [timing.get("status") for timing in event["timings"]] == [None, 6, None]
        assert event["firstTiming"] == event["nextTiming"] == event["timings"][0]
        assert event["lastTiming"] == event["timings"][-1]
        assert event["dateRange"] == {"fr": "du 1er au 15 juillet 2027"}
        assert event["location"]["insee"] == "31555"
        assert event["location"]["name"] == "Tremplin"
        assert (event["status"], event["state"], event["attendanceMode"]) == (1, 2, 1)
        assert event["registration"] == [{"type": "phone", "value": "+33 5 61 00 00 00"}]
        assert event["accessibility"] == {
            "hi": False,
            "vi": False,
            "mi": True,
            "pi": False,
            "ii": False,
        }
        assert 0 < event["uid"] < 2**53

    def test_it_is_read_page_by_page(self, alpha, events):
        for rank in range(3):
            make_event(alpha, f"Atelier {rank}")
        first = events("?size=2")
        rest = events(f"?size=2&after[]={first['after'][0]}")
        assert (first["total"], len(first["events"]), len(rest["events"])) == (3, 2, 1)
        assert rest["after"] is None
        found = [event["uid"] for event in first["events"] + rest["events"]]
        assert len(set(found)) == 3


class TestTable:
    def test_each_date_is_a_row(self, alpha, forum, rows):
        first, second, _third = rows()
        assert list(first) == list(HEADINGS)
        assert (first["debut"], first["fin"]) == ("2027-07-01 09:30", "2027-07-01 11:30")
        assert (first["etat"], second["etat"]) == ("prévu", "annulé")
        assert first["territoire"] == "Alpha"
        assert len({row["id"] for row in rows()}) == 3

    def test_it_commands_nothing_to_a_spreadsheet_and_keeps_its_numbers(self, alpha, rows):
        make_event(
            alpha, "=1+1;", latitude=46.78, longitude=-56.17, registration_phone="+33561000000"
        )
        (row,) = rows()
        assert row["titre"] == "'=1+1;"
        assert row["longitude"] == "-56.17"
        assert row["telephone_inscription"] == "'+33561000000"

    def test_a_whole_day_ends_on_its_last_day(self, alpha, rows):
        start = local(alpha, 2027, 3, 1)
        make_event(
            alpha, dates=[EventDate(start=start, end=start + timedelta(days=1), is_all_day=True)]
        )
        (row,) = rows()
        assert (row["debut"], row["fin"]) == ("2027-03-01", "2027-03-02")

    def test_it_holds_the_period_that_was_asked_for_or_the_archive(self, alpha, rows):
        start = local(alpha, 2027, 3, 4, 9)
        make_event(alpha, "Cours", dates=[EventDate(start=start, repeat="weekly")])
        make_event(alpha, "Hier", dates=[EventDate(start=timezone.now() - timedelta(days=40))])
        asked = [row["debut"] for row in rows("?du=2027-03-10&au=2027-03-20")]
        assert asked == ["2027-03-11 09:00", "2027-03-18 09:00"]
        assert [row["titre"] for row in rows("?passes=1")] == ["Hier"]
