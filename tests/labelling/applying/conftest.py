import re
from datetime import timedelta

import pytest
import time_machine
from agenda_factories import make_event
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from factories import make_territory

from labelling.applying.beginning import begin_application
from labelling.applying.links import address_for_applicant
from labelling.models import Subject
from territories.models import OutgoingMail

WHO = {
    "organisation": "Centre social de Bagatelle",
    "contact_name": "Léa Martin",
    "email": "lea@exemple.fr",
    "phone": "06 39 98 12 34",
}
HOST = {"host": "alpha.localhost"}


class Visitor:
    """A browser without a script: it opens the form, fills it in, sends it."""

    def __init__(self):
        self.browser = Client(enforce_csrf_checks=True)
        self.opened_at = timezone.now()

    def asks(self, address, host="alpha.localhost"):
        with time_machine.travel(self.opened_at, tick=False):
            return self.browser.get(address, headers={"host": host})

    def sends(self, address, typed, host="alpha.localhost", shown=None):
        """`shown`: the answer that held the form, where it is not there any more."""
        shown = shown or self.asks(address, host)
        hidden = dict(
            re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown.content.decode())
        )
        form = {**hidden, "your_url": "", **typed}
        with time_machine.travel(self.opened_at + timedelta(seconds=30), tick=False):
            return self.browser.post(address, form, headers={"host": host})


@pytest.fixture
def alpha(db):
    return make_territory("alpha", plugins=["labelling", "cooperation"])


@pytest.fixture
def visitor():
    cache.clear()
    return Visitor()


@pytest.fixture
def begin(alpha):
    """An application with its address, for an event of alpha's where none is given."""

    def begin(page=None, *, territory=alpha, **facts):
        if page is None and "title" not in facts:
            page = make_event(territory, slug="atelier")
        said = {"subject": Subject.EVENT, "title": "", "language": "fr", **WHO, **facts}
        application = begin_application(territory=territory, page=page, **said)
        application.address = path_of(address_for_applicant(application))
        return application

    return begin


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def mailed_path():
    """The address of the last link that was mailed."""
    mail = OutgoingMail.objects.order_by("pk").last()
    return path_of(re.search(r"https?://\S+/label/demander/\S+", mail.text)[0])


def words(answer):
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")
