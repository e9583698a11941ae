"""The days of the demo's labels and reports follow those of its events, which follow today."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from agenda_factories import local, make_event
from factories import make_territory

from agenda.models import EventDate
from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid, Label, Report
from portal.demo.labels import follow
from portal.demo.reports import load_reports

pytestmark = pytest.mark.django_db
TODAY, LATER = date(2026, 11, 26), date(2026, 12, 11)
FACT = {"event": "quatre-jeudis", "moment": "just_after", "signed": "L’équipe", "late": 2}
SESSIONS = [{"date": rank, "reached": 9 - rank} for rank in range(3)]


def dates(territory, today):
    """Every week on the same weekday, the last one a week ago."""
    for back in (4, 3, 2, 1):
        day = today - timedelta(weeks=back)
        start = local(territory, day.year, day.month, day.day, 9)
        yield EventDate(start=start, end=start + timedelta(hours=2))


@pytest.fixture
def loader():
    with time_machine.travel(TODAY, tick=False):
        alpha = make_territory("alpha", plugins=["labelling"])
        event = make_event(alpha, "Quatre jeudis", dates=list(dates(alpha, TODAY)))
        grid = CriteriaGrid.objects.current()
        grant_label(
            page=event,
            grid=grid,
            criteria=grid.criteria.filter(kind="mandatory"),
            granted_on=TODAY - timedelta(weeks=8),
        )
        content = SimpleNamespace(reports=[{**FACT, "session": SESSIONS}])
        loader = SimpleNamespace(territory=alpha, content=content, today=TODAY)
        load_reports(loader)
    return loader


def move(loader, today):
    """As a demo that is started on another day."""
    loader.today = today
    event = Label.objects.get().page.specific
    event.dates.set(list(dates(loader.territory, today)))
    event.save_revision().publish()
    follow(event, today - timedelta(weeks=8))
    load_reports(loader)


def days():
    label = Label.objects.get()
    found = Report.objects.exclude(happened_on=None).order_by("happened_on")
    return {
        "label": (label.granted_on, label.starts_on, label.expires_on),
        "due": sorted(Report.objects.filter(happened_on=None).values_list("due_on", flat=True)),
        "sessions": list(found.values_list("happened_on", flat=True)),
        "received": {one.received_at.date() for one in found},
    }


@pytest.mark.parametrize("weeks", [1, 2, -1])
def test_they_move_with_the_events(loader, weeks):
    before, reached = days(), list(Report.objects.values_list("pk", "reached", "stands"))
    by = timedelta(weeks=weeks)
    with time_machine.travel(TODAY + by, tick=False):
        move(loader, TODAY + by)
    after = days()
    assert after["label"] == tuple(day + by for day in before["label"])
    assert after["sessions"] == [day + by for day in before["sessions"]]
    assert after["received"] == {day + by for day in before["received"]}
    assert after["due"][0] == before["due"][0] + by
    # What was said stays, and counts as it did.
    assert list(Report.objects.values_list("pk", "reached", "stands")) == reached


def test_what_somebody_has_filled_in_since_keeps_its_days(loader, django_user_model):
    somebody = django_user_model.objects.create_user("lea")
    Report.objects.filter(moment="just_after").update(user=somebody)
    Label.objects.update(granted_by=somebody)
    before = days()
    with time_machine.travel(LATER, tick=False):
        move(loader, LATER)
    after = days()
    assert after["sessions"] == before["sessions"] and after["received"] == before["received"]
    assert after["label"][:2] == before["label"][:2]
