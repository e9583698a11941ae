"""The search goes on, and nobody who publishes waits, while the engine outside does not answer."""

import logging
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_content_page

from portal.search import engines, jobs
from portal.search.documents import TOLD_WITHIN
from portal.search.engines import About, Engine, EngineDown, Found, fallback
from portal.search.engines.fallback import WithFallback
from portal.search.engines.lucene import LuceneEngine
from portal.search.models import SearchDocument
from portal.search.queries import Asked
from tests.portal.search.outside import OUTSIDE_NAMES

# Nobody listens at port 1.
NOBODY = "elasticsearch://reader:s3cret@127.0.0.1:1/cites"


class Outside(Engine):
    """An engine that can be switched off, and knows what it was told."""

    def __init__(self) -> None:
        self.is_down, self.asked, self.told = False, 0, {}

    def answer(self) -> None:
        self.asked += 1
        if self.is_down:
            raise EngineDown("ConnectionTimeout")

    def put(self, document) -> None:
        raise AssertionError("nothing is written to the engine in a transaction")

    remove = put

    def prune(self) -> int:
        self.answer()
        return 0

    def needs_rebuilding(self) -> bool:
        self.answer()
        return False

    def check(self) -> None:
        self.answer()

    def about(self) -> About:
        self.answer()
        return About("outside", {})

    def send(self, documents) -> dict[int, str]:
        self.answer()
        for row in documents:
            self.told[row.pk] = "" if row.is_withdrawn else row.title
        return {}

    def rebuild(self, report, resume=False) -> int:
        self.answer()
        self.told.clear()
        rows = SearchDocument.objects.filter(is_withdrawn=False)
        self.send(rows)
        report(len(self.told))
        return len(self.told)

    def search(self, asked, start, stop) -> Found:
        self.answer()
        ids = [pk for pk, title in self.told.items() if title]
        return Found(ids, len(ids), len(ids))


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1_000.0

        def monotonic(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr(fallback, "time", clock)
    return clock


@pytest.fixture
def outside(settings, monkeypatch, clock) -> Outside:
    settings.SEARCH_URL = "opensearch://127.0.0.1/cites"
    outside = Outside()
    found = WithFallback(outside, engines.engine_of_the_database())
    monkeypatch.setattr(engines, "engine_outside", lambda url, timeout: found)
    return outside


def test_the_engine_answers_while_it_does(alpha, outside, titles):
    make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    assert outside.told and titles("permis") == ["Passer le permis"]


def test_the_database_answers_in_its_place(alpha, outside, titles, client):
    outside.is_down = True
    make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    assert titles("permis") == ["Passer le permis"]
    response = client.get("/recherche/", {"q": "permis"}, headers={"host": "alpha.localhost"})
    assert "Passer le" in response.content.decode()


def test_a_silent_engine_is_left_alone_for_a_while(outside, clock, db):
    outside.is_down = True
    for _visitor in range(5):
        engines.engine().search(Asked("permis"), 0, 20)
    assert outside.asked == 1
    clock.now += fallback.REST
    for _visitor in range(5):
        engines.engine().search(Asked("permis"), 0, 20)
    assert outside.asked == 2
    outside.is_down = False
    clock.now += fallback.REST
    for _visitor in range(5):
        engines.engine().search(Asked("permis"), 0, 20)
    assert outside.asked == 8  # and once whether its index is ours


def test_it_is_said_once_a_minute(outside, clock, caplog, db):
    outside.is_down = True
    with caplog.at_level(logging.ERROR):
        for _moment in range(10):
            engines.engine().search(Asked("permis"), 0, 20)
            clock.now += fallback.REST
    assert caplog.text.count("The search engine does not serve") == 2


def test_the_health_check_says_it_and_the_site_stays_up(outside, client, db):
    assert client.get("/healthz").content == b"ok\n"
    outside.is_down = True
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\nsearch: the engine does not serve, the database answers\n"


def test_rows_wait_for_it_and_it_catches_up(alpha, outside, clock):
    outside.is_down = True
    make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    row = SearchDocument.objects.get(title="Passer le permis")
    assert row.indexed_version == row.version > row.sent_version
    outside.is_down = False
    clock.now += fallback.REST
    jobs.catch_up()
    row.refresh_from_db()
    assert row.sent_version == row.version and outside.told[row.pk] == "Passer le permis"


def test_a_tombstone_stands_until_the_engine_has_forgotten(alpha, outside, clock):
    page = make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    row = SearchDocument.objects.get(page=page)
    outside.is_down = True
    page.delete()
    jobs.catch_up()
    assert SearchDocument.objects.filter(pk=row.pk, is_withdrawn=True).exists()
    outside.is_down = False
    clock.now += fallback.REST
    jobs.catch_up()
    assert outside.told[row.pk] == ""
    assert not SearchDocument.objects.filter(pk=row.pk).exists()


def test_what_the_engine_refuses_is_said_and_tried_again_later(alpha, outside, monkeypatch, caplog):
    make_content_page(alpha, title="Passer le permis")
    monkeypatch.setattr(outside, "send", lambda documents: {row.pk: "why" for row in documents})
    jobs.catch_up()
    row = SearchDocument.objects.get(title="Passer le permis")
    assert row.retry_at and row.sent_version < row.version
    assert f"document {row.pk} refused by the engine: why" in caplog.text


def test_the_database_answers_while_the_engine_lacks_what_was_read_minutes_ago(
    alpha, outside, clock, titles, client
):
    make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    row = SearchDocument.objects.get(title="Passer le permis")
    SearchDocument.objects.filter(pk=row.pk).update(sent_version=0)
    outside.told.clear()
    clock.now += fallback.LOOK_EVERY
    assert titles("permis") == []  # a moment’s delay is nothing to speak of
    late = timezone.now() - TOLD_WITHIN
    SearchDocument.objects.filter(pk=row.pk).update(updated_at=late)
    clock.now += fallback.LOOK_EVERY
    assert titles("permis") == ["Passer le permis"]
    assert b"incomplete" in client.get("/healthz").content
    jobs.catch_up()
    assert client.get("/healthz").content == b"ok\n"
    assert titles("permis") == ["Passer le permis"] and outside.told[row.pk]


def test_rebuilding_makes_its_index_anew_or_says_that_it_cannot(alpha, outside, clock, capsys):
    make_content_page(alpha, title="Passer le permis")
    outside.told[0] = "Page oubliée"
    call_command("rebuild_search")
    assert list(outside.told.values()) == ["Passer le permis"]
    assert "pas encore : 0" in capsys.readouterr().out
    outside.is_down = True
    with pytest.raises(CommandError, match="ne répond pas"):
        call_command("rebuild_search")
    assert outside.told


def test_a_password_is_never_said(settings, caplog, client, db):
    settings.SEARCH_URL = NOBODY
    with caplog.at_level(logging.DEBUG):
        assert engines.engine().search(Asked("permis"), 0, 20).total == 0
        health = client.get("/healthz").content.decode()
        assert "does not serve" in health and "127.0.0.1" not in health
    assert "does not serve" in caplog.text and "s3cret" not in caplog.text
    with suppress(EngineDown):
        LuceneEngine.at(NOBODY, 1).check()
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize("name", OUTSIDE_NAMES)
def test_an_address_where_something_else_answers(name, settings, db):
    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.end_headers()
            self.wfile.write(b"Welcome")

        def log_message(self, *arguments) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SEARCH_URL = f"{name}://127.0.0.1:{server.server_port}/cites"
    assert engines.engine().search(Asked("permis"), 0, 20).total == 0
    server.shutdown()
