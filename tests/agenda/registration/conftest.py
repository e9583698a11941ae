import re
from datetime import timedelta

import pytest
import time_machine
from agenda_factories import make_event, make_registration
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from agenda.models import EventDate
from territories.models import Territory

TYPED = {
    "people": "1",
    "first_name": "Samira",
    "name": "",
    "phone": "06 39 98 12 34",
    "email": "samira@example.org",
    "note": "Je viens en fauteuil roulant.",
}
ADDRESS = "/agenda/atelier/inscription/"


class Visitor:
    """A browser without a script: it opens the form, fills it in, sends it."""

    def __init__(self):
        self.browser = Client(enforce_csrf_checks=True)
        self.opened_at = timezone.now()

    def asks(self, address=ADDRESS, host="alpha.localhost"):
        with time_machine.travel(self.opened_at, tick=False):
            return self.browser.get(address, headers={"host": host})

    def sends(self, address=ADDRESS, after=timedelta(seconds=30), shown=None, **typed):
        shown = shown or self.asks(address)
        hidden = dict(
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown.content.decode())
        )
        form = {**hidden, "your_url": "", **TYPED, **typed}
        with time_machine.travel(self.opened_at + after, tick=False):
            return self.browser.post(address, form, headers={"host": "alpha.localhost"})


@pytest.fixture
def visitor():
    cache.clear()
    return Visitor()


@pytest.fixture
def make(alpha, beta):
    """An event with a form: `days` from now, one date each."""
    Territory.objects.filter(slug="alpha").update(contact_email="bonjour@alpha.example")

    def make(*, territory=alpha, days=(10,), title="Atelier", **fields):
        first = timezone.now().replace(second=0, microsecond=0)
        dates = [
            EventDate(start=first + timedelta(days=day), end=first + timedelta(days=day, hours=2))
            for day in days
        ]
        facts = {"slug": "atelier", "registration_is_open": True, **fields}
        return make_event(territory, title, dates=dates, **facts)

    return make


@pytest.fixture
def keys():
    """The keys of an event's occurrences, the soonest first."""

    def keys(event):
        return list(event.occurrences.order_by("start").values_list("key", flat=True))

    return keys


@pytest.fixture
def put():
    return make_registration


def words(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")
