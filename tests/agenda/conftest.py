import pytest
from django.db.models import Exists, OuterRef
from factories import make_territory
from sample_plugin.models import Pin

from territories.plugins import marks
from territories.plugins.contributions import Badge, Mark
from territories.plugins.registry import GROUND, Contribution


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["agenda"])


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
