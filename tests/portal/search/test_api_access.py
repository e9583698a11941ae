"""Who may ask the API, how often, and who may keep what it answers."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from territories.people import brakes
from tests.portal.search.documents import make_document

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SEARCH, TYPING = "/api/v1/search/", "/recherche/suggestions/"


@pytest.fixture
def ask(client, alpha):
    def get(address: str = SEARCH, place: str = "198.51.100.7", **headers):
        headers = {"host": "alpha.localhost", **headers}
        return client.get(address, headers=headers, REMOTE_ADDR=place)

    return get


class TestBrake:
    @pytest.fixture(autouse=True)
    def three_a_minute(self, settings):
        settings.SEARCH_API_PER_MINUTE = settings.SEARCH_TYPING_PER_MINUTE = 3

    @pytest.fixture(autouse=True)
    def clock(self, alpha):
        with time_machine.travel(NOON, tick=False) as clock:
            yield clock

    @pytest.mark.parametrize("address", [SEARCH, "/api/v1/search/suggestions/", TYPING])
    def test_who_asks_too_often_is_told_when_to_come_back(self, ask, clock, address):
        assert [ask(address).status_code for _ in range(5)] == [200] * 3 + [429] * 2
        refused = ask(address)
        assert refused["Retry-After"] == "20" and refused["Cache-Control"] == "no-store"
        assert "20 secondes" in refused.json()["error"]
        clock.shift(20)
        assert [ask(address).status_code for _ in range(2)] == [200, 429]
        clock.shift(60)
        assert [ask(address).status_code for _ in range(4)] == [200] * 3 + [429]

    def test_a_script_on_another_site_may_read_the_refusal(self, ask):
        refused = [ask() for _ in range(4)][-1]
        assert refused["Access-Control-Allow-Origin"] == "*"
        assert "Retry-After" in refused["Access-Control-Expose-Headers"]

    def test_another_place_another_purpose_and_a_preflight_are_not_counted(self, ask, client):
        for _ in range(4):
            ask()
        assert ask().status_code == 429
        assert ask(place="198.51.100.8").status_code == 200
        assert ask(TYPING).status_code == 200
        host = {"host": "alpha.localhost"}
        assert client.options(SEARCH, headers=host, REMOTE_ADDR="198.51.100.7").status_code == 204

    def test_behind_our_proxy_the_visitor_counts_and_not_what_is_invented(self, ask, settings):
        settings.TRUSTED_PROXIES = 1
        for number in range(4):
            invented = f"203.0.113.{number}, 198.51.100.9"
            answer = ask(place="10.0.0.1", x_forwarded_for=invented)
        assert answer.status_code == 429
        assert ask(place="10.0.0.1", x_forwarded_for="198.51.100.10").status_code == 200

    def test_the_address_is_kept_nowhere_and_an_hour_cannot_be_compared_with_the_next(
        self, ask, clock, caplog
    ):
        for _ in range(4):
            ask()
        kept = {key for key in cache._cache if "brake" in key}
        assert len(kept) == 1
        assert "198.51" not in f"{cache._cache} {caplog.text}"
        clock.shift(3600)
        ask()
        assert len({key for key in cache._cache if "brake" in key} | kept) == 2

    def test_a_cache_that_is_down_holds_nobody_up(self, ask, monkeypatch):
        class Down:
            def get(self, *args):
                raise ConnectionError

        monkeypatch.setattr(brakes, "cache", Down())
        assert {ask(address).status_code for address in (SEARCH, TYPING) * 4} == {200}


class TestKeeping:
    def test_an_answer_may_be_kept_a_minute_by_anybody_and_its_address_is_its_key(self, ask):
        make_document(None, "Permis")
        for address in (SEARCH, "/api/v1/search/suggestions/?q=perm", "/api/v1/openapi.json"):
            answer = ask(address, accept_language="ar")
            assert answer["Cache-Control"] == "public, max-age=60"
            assert answer["ETag"] and not answer.has_header("Vary") and not answer.cookies
            assert 'rel="license"' in answer["Link"] and 'rel="service-desc"' in answer["Link"]

    def test_what_has_not_changed_is_not_sent_again(self, ask, alpha):
        make_document(alpha, "Permis")
        first = ask()
        again = ask(if_none_match=first["ETag"])
        assert again.status_code == 304 and not again.content
        # A script that asks so itself must be allowed to read that nothing changed.
        assert again["Access-Control-Allow-Origin"] == "*" and again["ETag"] == first["ETag"]
        document = make_document(alpha, "Permis encore")
        assert ask(if_none_match=first["ETag"]).status_code == 200
        document.is_withdrawn = True
        document.save()
        assert ask(if_none_match=first["ETag"]).status_code == 304


class TestAnySite:
    def test_it_may_be_read_from_any_site_and_by_reading_alone(self, alpha, client):
        host = {"host": "alpha.localhost"}
        allowed = "GET, HEAD, OPTIONS"
        for method in (client.get, client.head, client.options):
            response = method(SEARCH, headers=host)
            assert response.status_code in (200, 204)
            assert response["Access-Control-Allow-Origin"] == "*"
            assert response["Access-Control-Allow-Methods"] == allowed
            assert not response.cookies
        for method in (client.post, client.put, client.delete):
            response = method(SEARCH, headers=host)
            assert response.status_code == 405 and response["Allow"] == allowed
            assert response.json()["error"]

    def test_a_preflight_allows_what_a_script_sends_and_is_not_asked_again(self, alpha, client):
        asked = {
            "host": "alpha.localhost",
            "origin": "https://exemple.fr",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        }
        response = client.options(SEARCH, headers=asked)
        assert response.status_code == 204 and not response.content
        assert response["Access-Control-Allow-Headers"] == "*"
        assert response["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize(
    "address",
    ["/api/", "/api/v1/", "/api/v1/search/nimporte/", "/api/v2/search/", "/api/v1/services.json"],
)
@pytest.mark.parametrize("host", ["alpha.localhost", "localhost"])
def test_an_address_that_does_not_exist_says_so_in_json(ask, address, host):
    response = ask(address, host=host)
    assert response.status_code == 404 and "/api/v1/openapi.json" in response.json()["error"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_last_slash_may_lack(ask):
    for address in (SEARCH, "/api/v1/search/suggestions/"):
        assert ask(address.rstrip("/")).status_code == 200
