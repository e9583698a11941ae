from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from agenda_factories import make_event
from django.test import Client
from django.utils import timezone
from filling_forms import typed as filled

from agenda.models import EventDate
from labelling.models import Moment
from labelling.reports.links import address_of


@pytest.fixture
def past(alpha):
    """An event whose dates are so many days away, the past ones negative."""

    def past(*days, territory=alpha, title="Forum", hour=10, **fields):
        zone = territory.zone
        today = timezone.now().astimezone(zone).replace(minute=0, second=0, microsecond=0)
        starts = [today.replace(hour=hour) + timedelta(days=day) for day in days or (-40,)]
        dates = [EventDate(start=start, end=start + timedelta(hours=2)) for start in starts]
        return make_event(territory, title, dates=dates, **fields)

    return past


@pytest.fixture
def label(past, give):
    """Of an event of forty days ago, for eighty people."""
    event = past(-40, capacity=80)
    return give(event, granted_on=timezone.localdate() - timedelta(days=60))


@pytest.fixture
def first(label):
    return label.reports.get(moment=Moment.JUST_AFTER, happened_on=None)


@pytest.fixture
def later(label):
    return label.reports.get(moment=Moment.LATER, happened_on=None)


class Somebody:
    """Whoever was sent the link of a report, with a browser that runs no script."""

    def __init__(self, report, host="alpha.localhost"):
        self.browser = Client(enforce_csrf_checks=True)
        self.path = urlsplit(address_of(report)).path
        self.host = host

    def opens(self, query="", after=timedelta()):
        with time_machine.travel(timezone.now() + after, tick=False):
            return self.browser.get(self.path + query, headers={"host": self.host})

    def sends(self, query="", after=timedelta(), **typed):
        """The form as it is shown, with what is typed over it."""
        shown = self.opens(query, after)
        form = shown.context["form"]
        token = self.browser.cookies["csrftoken"].value
        typed = {name.replace("__", "-"): value for name, value in typed.items()}
        sent = {"csrfmiddlewaretoken": token, **filled(form), **typed}
        with time_machine.travel(timezone.now() + after, tick=False):
            return self.browser.post(self.path + query, sent, headers={"host": self.host})


@pytest.fixture
def somebody():
    return Somebody


@pytest.fixture
def action(past, give):
    """An action of four weekly sessions, the last one still to come."""
    today = timezone.localdate()
    runs = {"runs_from": today - timedelta(days=20), "runs_until": today + timedelta(days=9)}
    event = past(-17, -10, -3, 4, title="Ateliers CV", is_action=True, **runs)
    return give(event, granted_on=today - timedelta(days=30))
