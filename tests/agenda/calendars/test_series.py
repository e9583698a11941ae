"""What a calendar expands to is what the database holds, as other programs read the RFC."""

import zoneinfo
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from agenda_factories import make_event
from agenda_rules import as_told, changes_of_event, chosen, dates_of_event, expanded, made
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agenda.calendars.ics import calendar_of
from agenda.calendars.reading import KEPT, read
from agenda.calendars.series import with_entries
from agenda.dates.occurrences import HORIZON, planned, rebuild_occurrences
from agenda.models import EventPage
from territories.models import Territory

pytestmark = pytest.mark.django_db
# Two clocks that change, at other dates, and three that never do.
ZONES = (
    *("Europe/Paris", "America/Miquelon"),
    *("America/Cayenne", "Indian/Reunion", "Pacific/Noumea"),
)
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
# The nights when the clocks change in Paris and in Miquelon, and around them.
EDGES = [date(2026, 10, 24), date(2026, 10, 31), date(2027, 3, 13), date(2027, 3, 27)]
FIRST = datetime(2026, 5, 1, tzinfo=UTC)
DAYS = st.sampled_from(EDGES) | st.dates(date(2026, 6, 1), date(2027, 9, 30))


def of_database(event, zone):
    for one in event.occurrences.all():
        is_one_cancelled = one.status == "cancelled" != event.status
        if is_one_cancelled and one.key != one.date_key and one.over_at <= NOW - KEPT:
            continue  # only a gap is told of it
        yield as_told(one, zone)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # What is found tells enough; to make it smaller takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    zone=st.sampled_from(ZONES),
    dates=st.lists(dates_of_event(DAYS), min_size=1, max_size=2),
    changes=changes_of_event(),
    status=st.sampled_from(["scheduled", "scheduled", "full", "cancelled"]),
)
def test_a_calendar_expands_to_the_occurrences_of_the_database(
    event_to_change, zone, dates, changes, status
):
    event = event_to_change
    Territory.objects.filter(pk=event.territory_id).update(time_zone=zone)
    event.territory.time_zone = zone
    zone = zoneinfo.ZoneInfo(zone)
    event.status = status
    event.dates = [made(*typed, zone) for typed in dates]
    event.changes = []
    event.changes = list(chosen(planned(event, NOW + HORIZON), *changes))
    for name in ("dates", "changes"):
        getattr(event, name).commit()
    EventPage.objects.filter(pk=event.pk).update(status=status)
    rebuild_occurrences(event=event, now=NOW)

    [record] = with_entries(read(EventPage.objects.filter(pk=event.pk), "dates"), NOW)
    calendar = calendar_of(
        [record], name="Agenda", request=RequestFactory().get("/"), now=NOW, is_followed=True
    )
    last = NOW + HORIZON
    found, expected = (
        Counter(row for row in rows if str(row[0]) <= str(last))
        for rows in (expanded(calendar.to_ical(), FIRST, last), of_database(event, zone))
    )
    assert found == expected


@pytest.fixture
def event_to_change(alpha):
    return EventPage.objects.get(pk=make_event(alpha).pk)
