import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from factories import make_territory

from territories.contact.models import ContactMessage
from territories.contact.pages import ContactPage
from territories.models import Territory

NOW = datetime.fromisoformat("2026-11-25T10:00:00+01:00")
TYPED = {
    "subject": "1",
    "text": "Le bus passe-t-il le samedi ?",
    "phone": "06 39 98 12 34",
    "email": "alix@example.org",
    "name": "Alix",
}


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        territory = make_territory(slug, plugins=[])
        Territory.objects.filter(pk=territory.pk).update(
            contact_email=f"bonjour@{slug}.example", contact_phone="05 61 00 00 00"
        )


@pytest.fixture
def page(alpha):
    return ContactPage.objects.records().get(territory=alpha)


@pytest.fixture
def visitor():
    """A browser without a script: it asks for the form, fills it in, and sends it."""
    return Visitor()


class Visitor:
    def __init__(self) -> None:
        self.browser = Client(enforce_csrf_checks=True)

    def asks(self, address="/contact/", host="alpha.localhost"):
        with time_machine.travel(NOW, tick=False):
            return self.browser.get(address, headers={"host": host})

    def sends(self, address="/contact/", host="alpha.localhost", after=30, shown=None, **typed):
        shown = shown or self.asks(address, host)
        hidden = dict(
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown.content.decode())
        )
        with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
            return self.browser.post(
                address, {**hidden, "your_url": "", **TYPED, **typed}, headers={"host": host}
            )


@pytest.fixture
def written():
    """A message as it is kept."""

    def written(territory, **said):
        return ContactMessage.objects.create(
            **{
                "territory": territory,
                "subject": "Une aide",
                "text": "Bonjour",
                "email": "alix@example.org",
                "name": "Alix",
                "language": "fr",
                **said,
            }
        )

    return written
