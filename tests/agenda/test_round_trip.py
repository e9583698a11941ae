"""What is exported from one territory and imported into an empty one takes place at the same times.

`icalendar` and `recurring-ical-events` are the judge of what the file says.
"""

import zoneinfo
from collections import Counter
from datetime import timedelta

import pytest
from agenda_factories import make_event
from agenda_rules import as_told, changes_of_event, chosen, dates_of_event, expanded, made
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agenda.calendars.ics import calendar_of
from agenda.calendars.reading import read
from agenda.calendars.series import with_entries
from agenda.calendars.timezones import changes as changes_of_clocks
from agenda.dates.occurrences import HORIZON, planned, rebuild_occurrences
from agenda.importing.running import import_events
from agenda.models import EventPage, ImportedEvent
from territories.models import Territory

pytestmark = pytest.mark.django_db
ZONES = [zoneinfo.ZoneInfo(name) for name in ("Europe/Paris", "America/Miquelon", "Indian/Reunion")]
NOW = timezone.now().replace(microsecond=0)
TODAY = NOW.date()
# The nights when clocks change, and any day that is to come.
NIGHTS = [
    (change - timedelta(days=1)).date()
    for zone in ZONES[:2]
    for _before, change in changes_of_clocks(zone, NOW, NOW + timedelta(days=365))
]
DAYS = st.sampled_from(NIGHTS) | st.dates(TODAY, TODAY + timedelta(days=200))
EVENTS = 3
LAST = NOW + HORIZON


@pytest.fixture
def exported(alpha):
    return [make_event(alpha, f"Atelier {rank}") for rank in range(EVENTS)]


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    zone=st.sampled_from(ZONES),
    planning=st.lists(
        st.tuples(
            st.lists(dates_of_event(DAYS), min_size=1, max_size=2),
            changes_of_event(),
            st.sampled_from(["scheduled", "scheduled", "full", "cancelled"]),
        ),
        min_size=EVENTS,
        max_size=EVENTS,
    ),
)
def test_an_export_imported_into_an_empty_territory_gives_the_same_occurrences(
    exported, beta, zone, planning
):
    Territory.objects.update(time_zone=zone.key)
    beta.refresh_from_db()
    for event, (dates, changes, status) in zip(exported, planning, strict=True):
        plan(event, dates, changes, status, zone)
    file = export(exported)
    import_events(territory=beta, content=file, publish=True)
    found = {title: times(event) for title, event in of(beta).items()}
    assert found == {event.title: times(event) for event in exported}, file.decode()
    assert until_horizon(expanded(file, NOW - timedelta(days=9), LAST)) == until_horizon(
        as_told(one, zone) for event in of(beta).values() for one in event.occurrences.all()
    )
    counts = import_events(territory=beta, content=file, publish=True).counts
    assert {kind for kind, count in counts.items() if count} == {"unchanged"}
    empty(beta)


def until_horizon(rows):
    return Counter(row for row in rows if str(row[0]) <= str(LAST))


def empty(territory):
    """Of its events, and of the memory of what was imported."""
    for event in of(territory).values():
        event.delete()
    ImportedEvent.objects.filter(territory=territory).delete()


def plan(event, dates, changes, status, zone):
    event.territory.time_zone = zone.key
    event.status = status
    event.dates = [made(*typed, zone) for typed in dates]
    event.changes = []
    event.changes = list(chosen(planned(event, NOW + HORIZON), *changes))
    for name in ("dates", "changes"):
        getattr(event, name).commit()
    EventPage.objects.filter(pk=event.pk).update(status=status)
    rebuild_occurrences(event=event)


def export(events):
    found = read(EventPage.objects.filter(pk__in=[event.pk for event in events]), "dates")
    return calendar_of(
        with_entries(found, NOW),
        name="Agenda",
        request=RequestFactory().get("/"),
        now=NOW,
        is_followed=True,
    ).to_ical()


def of(territory):
    return {event.title: event for event in EventPage.objects.filter(territory=territory)}


def times(event):
    return Counter(
        (one.start, one.end, one.status, one.is_all_day) for one in event.occurrences.all()
    )
