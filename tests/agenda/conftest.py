import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef
from factories import make_territory
from sample_plugin.models import Pin

from territories.models import Territory
from territories.plugins import marks
from territories.plugins.contributions import Badge, Mark
from territories.plugins.registry import GROUND, Contribution


@pytest.fixture(scope="module")
def two_territories(django_db_setup, django_db_blocker):
    """Made once a module, in a transaction around those of its tests: making them costs more
    than most tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in ("alpha", "beta"):
            make_territory(slug, plugins=["agenda"])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alpha(two_territories, db):
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def beta(two_territories, db):
    return Territory.objects.get(slug="beta")


@pytest.fixture
def get(client):
    """The text of a page on a host."""

    def fetch(address, host="alpha.localhost", status=200):
        response = client.get(address, headers={"host": host})
        assert response.status_code == status, response.content.decode()[-2000:]
        body = b"".join(response) if response.streaming else response.content
        return body.decode()

    return fetch


@pytest.fixture
def mark_events(monkeypatch):
    """Another plugin's mark on events: lit windows, put first. Gives the function that marks."""

    def badges(pks):
        pins = Pin.objects.filter(page__in=pks)
        return {pin.page_id: Badge(pin.words, "label", "label") for pin in pins}

    mark = Mark(
        "lit",
        "agenda.EventPage",
        badges,
        lambda path: Exists(Pin.objects.filter(page=OuterRef(path))),
    )
    monkeypatch.setattr(
        marks,
        "contributions",
        lambda kind: [Contribution(GROUND, mark)] if kind == "MARKS" else [],
    )

    def give(event, words="Mis en lumière"):
        Pin.objects.create(territory=event.territory, page=event, words=words)

    return give
