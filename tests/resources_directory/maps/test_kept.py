"""A whole map is read from the cache, and never shows what is no longer true."""

import json

import pytest
from directory_factories import make_actor, make_service
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory
from wagtail.models import Locale, PageViewRestriction

from resources_directory.models import ActorPage
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


@pytest.fixture
def ask(client):
    def ask(query="", host="alpha.localhost", language="", **headers):
        path = f"{language}/carte/acteurs.geojson{query}"
        return client.get(
            path if language else f"/{path.lstrip('/')}", headers={"host": host, **headers}
        )

    return ask


@pytest.fixture
def names(ask):
    def names(**asked):
        found = json.loads(ask(**asked).content)["features"]
        return {feature["properties"]["name"] for feature in found}

    return names


def test_what_is_published_hidden_moved_or_offered_shows_at_once(alpha, ask, names):
    centre = make_actor(alpha, "Centre social")
    assert names() == {"Centre social"}
    second = make_actor(alpha, "Médiathèque")
    assert names() == {"Centre social", "Médiathèque"}
    make_service(alpha, actor=second)
    assert b"1 aide" in ask().content
    PageViewRestriction.objects.create(page=centre, restriction_type="login")
    assert names() == {"Médiathèque"}
    ActorPage.objects.filter(pk=second.pk).update(latitude=43.7)
    assert b"43.7]" in ask().content
    second.unpublish()
    assert names() == set()


def test_a_translation_shows_at_once_too(alpha, names):
    actor = make_actor(alpha, "Médiathèque")
    assert names(language="/en") == {"Médiathèque"}
    english = actor.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "Library", "library"
    english.save_revision().publish()
    assert names(language="/en") == {"Library"}
    assert names() == {"Médiathèque"}


def test_one_territory_never_reads_the_map_of_another(alpha, names):
    beta = make_territory("beta", plugins=["resources_directory"])
    make_actor(alpha, "Chez Alpha")
    make_actor(beta, "Chez Beta")
    for _twice in range(2):
        assert names() == {"Chez Alpha"}
        assert names(host="beta.localhost") == {"Chez Beta"}
        assert names(host="localhost") == {"Chez Alpha", "Chez Beta"}
    switch_off(territory=beta, plugin="resources_directory")
    assert names(host="localhost") == {"Chez Alpha"}


def test_it_is_kept_whole_and_what_a_visitor_asked_is_not(alpha, ask):
    make_actor(alpha)
    ask()
    with CaptureQueriesContext(connection) as again:
        ask()
    assert not [query for query in again if "address_extra" in query["sql"]]
    keys = set(cache._cache)
    ask("?pres=43.604,1.444")
    assert set(cache._cache) == keys


def test_a_browser_that_has_it_is_told_so_in_a_line(alpha, ask):
    make_actor(alpha)
    first = ask()
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Cookie" not in first.get("Vary", "")
    again = ask(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_actor(alpha, "Un lieu de plus")
    assert ask(**{"if-none-match": first["ETag"]}).status_code == 200
