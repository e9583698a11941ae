"""What residents and those who publish see while a real engine fails, and what is left of it."""

import time

import pytest
from factories import make_content_page, make_territory

from portal.search import engines, jobs
from portal.search.queries import Asked
from tests.portal.search.outside import OUTSIDE_NAMES, Server

pytestmark = [pytest.mark.live, pytest.mark.django_db]


@pytest.fixture(params=OUTSIDE_NAMES)
def server(request) -> Server:
    found = request.getfixturevalue(f"{request.param}_server")
    found.tests += 1
    return found


@pytest.fixture
def running(server):
    if server.running is None:
        pytest.skip("this engine is nobody’s to kill")
    return server.running


def test_a_real_engine_that_is_paused_or_killed(server, running, settings, titles, committed):
    alpha = make_territory("alpha", plugins=[])
    settings.SEARCH_URL, settings.SEARCH_TIMEOUT = f"{server.url}-faults", 1.0
    make_content_page(alpha, title="Passer le permis")
    jobs.catch_up()
    found = engines.engine()
    assert found.trouble() == ""
    found.outside.refresh()
    assert found.outside.search(Asked("permis", alpha), 0, 20).total == 1

    running.pause()
    assert seconds(lambda: titles("permis") == ["Passer le permis"]) < 2.5
    assert seconds(lambda: titles("permis") == ["Passer le permis"]) < 0.5
    with committed():
        assert seconds(lambda: make_content_page(alpha, title="Louer une voiture")) < 1
    assert titles("voiture") == ["Louer une voiture"]
    assert "database answers" in found.trouble()

    running.resume()
    found.rests_until = 0.0
    jobs.catch_up()
    found.outside.refresh()
    assert found.outside.search(Asked("voiture", alpha), 0, 20).total == 1
    assert found.trouble() == ""

    running.kill()
    assert seconds(lambda: titles("permis") == ["Passer le permis"]) < 1
    assert "database answers" in found.trouble()

    running.start_again()
    found.rests_until = 0.0
    assert found.trouble() == ""


def seconds(do) -> float:
    began = time.monotonic()
    assert do()
    return time.monotonic() - began
