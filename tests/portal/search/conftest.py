from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from factories import make_page, make_territory
from sample_plugin.models import NoticePage

from portal.search.wording.known import forget_known_words
from territories.models import Territory
from territories.plugins.switching import switch_on


@pytest.fixture(autouse=True)
def no_word_is_known_yet():
    forget_known_words()


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
