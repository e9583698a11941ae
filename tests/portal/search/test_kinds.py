"""The contract over every kind that an installed plugin makes searchable."""

import re

import pytest
from agenda_factories import make_event
from directory_factories import make_actor, make_service
from factories import make_content_page, make_territory

from labelling.labels.granting import grant_label, withdraw_label
from labelling.models import CriteriaGrid, CriterionKind
from portal.search.indexing import index_waiting
from portal.search.models import SearchDocument
from portal.search.stale import searchables
from territories.pages.base import TerritoryPage
from territories.plugins.switching import switch_off


@pytest.mark.parametrize("model", searchables(), ids=lambda model: model._meta.label)
def test_every_searchable_keeps_the_contract(model):
    searchable = searchables()[model]
    assert issubclass(model, TerritoryPage)
    assert re.fullmatch(r"[a-z][a-z-]*", searchable.kind)
    assert str(searchable.label)


def test_no_kind_has_two_names():
    names = {(searchable.kind, str(searchable.label)) for searchable in searchables().values()}
    assert len({kind for kind, _name in names}) == len(names)


@pytest.fixture
def everything(db):
    """A territory with one of each kind, each about the driving licence."""
    alpha = make_territory("alpha", plugins=["labelling", "agenda", "resources_directory"])
    actor = make_actor(alpha, title="Auto-école solidaire, permis", external_id="dora--1")
    make_service(
        alpha,
        title="Payer mon permis",
        actor=actor,
        themes=["mobilite--financer-ma-mobilite"],
        external_id="dora--2",
    )
    make_event(alpha, title="Tout savoir sur le permis", is_free=True)
    make_content_page(alpha, title="Le permis, pas à pas")
    index_waiting()
    return alpha


def found(client, host: str = "alpha.localhost", **parameters):
    response = client.get("/api/v1/search/", {"q": "permis", **parameters}, headers={"host": host})
    return {result["kind"]: result for result in response.json()["results"]}


def test_events_services_actors_and_pages_are_found_together(everything, client):
    results = found(client)
    assert set(results) == {"event", "service", "actor", "page"}
    assert results["service"]["external_id"] == "dora--2"
    assert results["actor"]["external_id"] == "dora--1"
    assert results["event"]["external_id"] is None
    for result in results.values():
        shown = client.get(
            result["url"].removeprefix("http://alpha.localhost"),
            headers={"host": "alpha.localhost"},
        )
        assert shown.status_code == 200
    assert set(found(client, kind="actor")) == {"actor"}


def test_each_closed_plugin_takes_its_kinds_away_at_once(everything, client):
    switch_off(territory=everything, plugin="agenda")
    for host in ("alpha.localhost", "localhost"):
        assert set(found(client, host)) == {"service", "actor", "page"}
    switch_off(territory=everything, plugin="resources_directory")
    assert set(found(client)) == set(found(client, "localhost")) == {"page"}


def test_a_label_given_and_withdrawn_reaches_the_event(everything, client):
    grid = CriteriaGrid.objects.current()
    document = SearchDocument.objects.get(kind="event")
    label = grant_label(
        page=document.page.specific,
        grid=grid,
        criteria=grid.criteria.filter(kind=CriterionKind.MANDATORY),
    )
    index_waiting()
    document.refresh_from_db()
    assert document.marks == ["labelled"]
    html = client.get(
        "/recherche/", {"q": "permis"}, headers={"host": "alpha.localhost"}
    ).content.decode()
    assert "Label Cité de l’emploi" in html and 'class="date lit"' in html
    withdraw_label(label=label, reasons="Annulé")
    index_waiting()
    document.refresh_from_db()
    assert document.marks == [] and document.badges == []


def test_the_words_of_residents_and_of_institutions_find_a_service(everything, client):
    for words in ("me déplacer", "financer ma mobilité"):
        assert "service" in found(client, q=words)
