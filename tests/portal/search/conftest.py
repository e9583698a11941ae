from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from engines.running import ELASTICSEARCH, OPENSEARCH
from factories import make_page, make_territory
from sample_plugin.models import NoticePage

from portal.search.engines import Engine
from portal.search.engines.postgres import PostgresEngine
from portal.search.engines.sqlite import SqliteEngine
from portal.search.ranking.rarity import forget_rarities
from portal.search.vocabulary.in_force import forget_vocabulary
from portal.search.wording.known import forget_known_words
from portal.search.wording.places import forget_places
from territories.models import Territory
from territories.plugins.switching import switch_on
from tests.portal.search.outside import (
    OUTSIDE,
    OUTSIDE_NAMES,
    AtOnce,
    Server,
    served,
    servers,
)


@pytest.fixture(autouse=True)
def no_word_is_known_yet():
    forget_known_words()
    forget_rarities()
    # Looked at again now and then: the first question of a test does, and no other.
    forget_vocabulary()
    forget_places()


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager]:
    """`with committed(): …` commits what is done inside: the indexer is woken, as in life."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def alpha(db) -> Territory:
    return make_territory("alpha", plugins=[])


@pytest.fixture
def beta(db) -> Territory:
    return make_territory("beta", plugins=[])


@pytest.fixture
def notice(alpha, committed) -> NoticePage:
    """A page of a plugin, below the plugin's index page « Annonces »."""
    with committed():
        switch_on(territory=alpha, plugin="sample_plugin")
        index = NoticePage.objects.get(slug="annonces", territory=alpha, locale__language_code="fr")
        return make_page(index, NoticePage(title="Petite annonce"))


@pytest.fixture
def titles(client) -> Callable[..., list[str]]:
    """The titles that the public search gives on a host, through the API."""

    def ask(question: str = "", host: str = "alpha.localhost", **parameters) -> list[str]:
        response = client.get(
            "/api/v1/search/", {"q": question, **parameters}, headers={"host": host}
        )
        assert response.status_code == 200, response.content
        return [result["title"] for result in response.json()["results"]]

    return ask


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Server]:
    with served(ELASTICSEARCH) as server:
        yield server


@pytest.fixture(scope="session")
def opensearch_server() -> Iterator[Server]:
    with served(OPENSEARCH) as server:
        yield server


@pytest.fixture(scope="session")
def elasticsearch_at(elasticsearch_server) -> AtOnce:
    return AtOnce.empty_at(elasticsearch_server.url)


@pytest.fixture(scope="session")
def opensearch_at(opensearch_server) -> AtOnce:
    return AtOnce.empty_at(opensearch_server.url)


OF_DATABASES = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}


@pytest.fixture(params=[*OF_DATABASES, *OUTSIDE])
def found_by(request) -> Engine:
    """Each engine in turn; the database's own alone where the others are not asked for."""
    if request.param in OUTSIDE_NAMES:
        return request.getfixturevalue(f"by_{request.param}")
    if connection.vendor != request.param:
        pytest.skip(f"this database is not {request.param}")
    return OF_DATABASES[request.param]()


@pytest.fixture
def by_elasticsearch(elasticsearch_server, elasticsearch_at) -> Iterator[AtOnce]:
    elasticsearch_server.tests += 1
    yield elasticsearch_at
    elasticsearch_at.forget_everything()


@pytest.fixture
def by_opensearch(opensearch_server, opensearch_at) -> Iterator[AtOnce]:
    opensearch_server.tests += 1
    yield opensearch_at
    opensearch_at.forget_everything()


def pytest_terminal_summary(terminalreporter) -> None:
    for server in servers:
        terminalreporter.write_line(f"{server.tests} tests ran against {server.version}")
