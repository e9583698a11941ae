"""How a page of results says how its search ended."""

import re
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.search.insight import telling, views
from portal.search.models import SearchTally
from tests.portal.search.documents import make_document

pytestmark = pytest.mark.django_db
HOST = "alpha.localhost"


@pytest.fixture(autouse=True)
def nothing_was_told_yet():
    cache.clear()


@pytest.fixture
def read(client):
    def attributes(question: str, language: str = "", **parameters) -> dict[str, str]:
        """What the page hands to the script."""
        address = f"{language}/recherche/"
        page = client.get(address, {"q": question, **parameters}, headers={"host": HOST})
        assert not page.cookies and "max-age=0" in page["Cache-Control"]
        html = page.content.decode()
        assert ("portal/js/told.js" in html) == ("data-told" in html)
        return {
            name: unescape(value)
            for name, value in re.findall(r'data-(told|stamp|ending)="([^"]*)"', html)
        }

    return attributes


def tell(found: dict[str, str], client: Client | None = None, host: str = HOST, **headers):
    # Without a token, as from a page of a cache.
    client = client or Client(enforce_csrf_checks=True)
    headers = {"host": host, "origin": f"http://{host}", **headers}
    form = {"stamp": found["stamp"], "ending": found["ending"]}
    return client.post(found.get("told", "/recherche/suite/"), form, headers=headers)


def counts() -> list[tuple]:
    rows = SearchTally.objects.order_by("pk")
    return list(rows.values_list("without_result", "without_click", "opened", "language"))


def test_each_ending_is_counted_where_it_belongs(alpha, read):
    make_document(alpha, "Permis")
    nothing, something = read("xylophone"), read("permis", "/en")
    assert (nothing["ending"], something["ending"]) == ("without_result", "without_click")
    for told in (nothing, something):
        answer = tell(told)
        assert (answer.status_code, answer.content) == (204, b"")
        assert not answer.cookies and "no-store" in answer["Cache-Control"]
    tell({**something, "ending": "opened"}, **{"x-forwarded-for": "192.0.2.7"})
    assert counts() == [(1, 0, 0, "fr"), (0, 1, 0, "en")]
    cache.clear()
    tell({**something, "ending": "opened"})
    assert counts() == [(1, 0, 0, "fr"), (0, 1, 1, "en")]


def test_the_page_is_the_same_for_everybody_and_reading_it_writes_nothing(alpha, read, client):
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        first = read("xylophone")
    later = time_machine.travel("2026-03-02 18:00+01:00", tick=False)
    with later, CaptureQueriesContext(connection) as queries:
        assert read("xylophone") == first
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert counts() == []


def test_filters_further_pages_and_no_words_at_all_are_not_counted(alpha, read):
    make_document(alpha, "Permis")
    for parameters in ({"page": "2"}, {"kind": "page"}, {"passes": "1"}):
        assert read("permis", **parameters) == {}
    assert read("") == {} and read("permis") != {}


def test_the_same_place_says_the_same_words_once_an_hour(alpha, read):
    told = read("xylophone")
    with time_machine.travel("2026-03-02 12:05+01:00", tick=False):
        told = read("xylophone")
        for _time in range(3):
            assert tell(told).status_code == 204
        assert tell(read("Xylophone !")).status_code == 204
        assert counts() == [(1, 0, 0, "fr")]
    with time_machine.travel("2026-03-02 13:05+01:00", tick=False):
        tell(told)
    assert counts() == [(2, 0, 0, "fr")]


def test_one_place_is_heard_so_often_an_hour_and_machines_never(alpha, read, monkeypatch):
    monkeypatch.setattr(telling, "TOLD_AT_MOST", 2)
    for words in ("xylophone", "ocarina", "hautbois"):
        assert tell(read(words)).status_code == 204
    assert len(counts()) == 2
    cache.clear()
    assert tell(read("harpe"), **{"user-agent": "Somebot/1.0"}).status_code == 204
    assert len(counts()) == 2


@pytest.mark.parametrize("origin", ["", "http://ailleurs.example", "null", "http://localhost"])
def test_only_pages_of_this_site_are_heard(alpha, read, origin):
    assert tell(read("xylophone"), origin=origin).status_code == 403
    assert counts() == []


def test_what_the_site_did_not_say_is_refused(alpha, beta, read, client):
    make_document(alpha, "Permis")
    with time_machine.travel("2026-03-02 12:00+01:00", tick=False):
        old = read("xylophone")
        assert tell(old, host="beta.localhost").status_code == 400
    with time_machine.travel("2026-03-04 12:00+01:00", tick=False):
        assert tell(old).status_code == 400
    nothing, something = read("xylophone"), read("permis")
    for wrong in (
        {"stamp": "", "ending": "opened"},
        {"stamp": nothing["stamp"] + "x", "ending": "without_result"},
        {"stamp": nothing["stamp"], "ending": "opened"},
        {"stamp": something["stamp"], "ending": "without_result"},
        {"stamp": something["stamp"], "ending": "perhaps\0"},
    ):
        assert tell(wrong).status_code == 400, wrong
    headers = {"host": HOST, "origin": f"http://{HOST}"}
    assert client.get("/recherche/suite/", headers=headers).status_code == 405
    assert counts() == []


def test_a_count_that_fails_reaches_nobody(alpha, read, monkeypatch):
    def fail(**_anything):
        raise DatabaseError("locked")

    told = read("xylophone")
    monkeypatch.setattr(views, "count_search", fail)
    assert tell(told).status_code == 204
