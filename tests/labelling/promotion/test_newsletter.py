"""Labelled events go into the next letter and into the feeds by themselves."""

from datetime import timedelta

import pytest
from agenda_factories import make_event
from django.utils import timezone

from agenda.models import EventDate
from labelling.promotion.newsletter import LabelledEventsBlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def block():
    return LabelledEventsBlock()


@pytest.fixture
def events(alpha, beta, give):
    """One of each: labelled soon, labelled later, unlabelled soon, labelled elsewhere."""

    def event(territory, title, days):
        start = timezone.now() + timedelta(days=days)
        return make_event(territory, title, dates=[EventDate(start=start)])

    soon, later = event(alpha, "Bientôt", 3), event(alpha, "Plus tard", 20)
    event(alpha, "Sans label", 2)
    for one in (soon, later, event(beta, "Ailleurs", 3)):
        give(one)


def lines(block, territory, **value):
    value = {"title": "", "days": 14, "count": 8} | value
    found = block.get_context(block.to_python(value), {"territory": territory})["lines"]
    return [line.page.title for line in found]


def test_the_block_shows_the_labelled_events_of_the_fortnight(block, events, alpha):
    assert lines(block, alpha) == ["Bientôt"]
    assert lines(block, alpha, days=30) == ["Bientôt", "Plus tard"]


def test_a_letter_is_filled_once_a_label_was_given(block, events, alpha, beta):
    yesterday = timezone.now() - timedelta(days=1)
    value = block.new_since(alpha, yesterday)
    assert value["days"] == 14
    assert lines(block, alpha, **value) == ["Bientôt"]
    assert block.new_since(alpha, timezone.now() + timedelta(days=2)) is None


def test_feeds_hold_labelled_events_alone_when_asked(events, client):
    for name in ("calendrier.ics", "calendrier.rss", "calendrier.json", "calendrier.csv"):
        response = client.get(f"/agenda/{name}?label=oui", headers={"host": "alpha.localhost"})
        body = getattr(response, "streaming_content", None)
        text = (b"".join(body) if body else response.content).decode()
        assert "Bientôt" in text or "Bient\\u00f4t" in text, name
        assert "Sans label" not in text and "Ailleurs" not in text, name
