import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from factories import make_territory
from newsletter_factories import make_subscriber

from newsletter.subscribing.addresses import token_of
from territories.models import OutgoingMail

ADDRESS = "/lettres/abonnement/"


class Visitor:
    """A browser without a script, that does what a person does with what they were shown."""

    def __init__(self, host="alpha.localhost"):
        self.browser = Client(enforce_csrf_checks=True)
        self.host = host

    def asks(self, address=ADDRESS, **query):
        return self.browser.get(address, query, headers={"host": self.host})

    def subscribes(self, email="samira@example.org", *, after=timedelta(seconds=30), **typed):
        """Sends the form, half a minute after it was opened."""
        shown = self.asks()
        hidden = dict(
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown.content.decode())
        )
        form = {"frequency": "each", "language": "fr", **hidden, "your_url": "", "email": email}
        with time_machine.travel(timezone.now() + after, tick=False):
            return self.browser.post(ADDRESS, {**form, **typed}, headers={"host": self.host})

    def opens(self, address):
        return self.browser.get(address, headers={"host": self.host})

    def presses(self, address, **typed):
        """The button of a page that was opened, with what its form holds."""
        shown = self.opens(address).content.decode()
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        form = {"csrfmiddlewaretoken": csrf[1]} if csrf else {}
        return self.browser.post(address, {**form, **typed}, headers={"host": self.host})

    def confirms(self, email="samira@example.org"):
        return self.presses(link_in_mail(email))


def link_in_mail(email, word="abonnement"):
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    return re.search(rf"(/lettres/{word}/\S+)", mail.text)[1]


@pytest.fixture
def client():
    """In the admin, which the portal's host alone serves."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def beta(db):
    return make_territory("beta")


@pytest.fixture
def visitor(alpha):
    return Visitor()


@pytest.fixture
def stranger(beta):
    return Visitor("beta.localhost")


@pytest.fixture
def make_reader():
    return make_subscriber


def page_of(reader, word="choix"):
    return f"/lettres/{word}/{token_of(reader.key)}/"


def words(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")
