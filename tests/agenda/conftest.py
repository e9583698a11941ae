import pytest
from django.db.models import Exists, OuterRef
from factories import make_territory
from sample_plugin.models import Pin

from territories.plugins import marks
from territories.plugins.contributions import Badge, Mark


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["agenda"])


@pytest.fixture
def beta():
    return make_territory("beta", plugins=["agenda"])


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
        marks, "contributed", lambda kind, territory: {"MARKS": [mark]}.get(kind, [])
    )

    def give(event, words="Mis en lumière"):
        Pin.objects.create(territory=event.territory, page=event, words=words)

    return give
