from datetime import timedelta

import pytest
from agenda_factories import make_event
from django.utils import timezone

from agenda.models import EventDate
from labelling.models import Moment


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
