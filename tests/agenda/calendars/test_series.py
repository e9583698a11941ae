"""What a calendar expands to is what the database holds, as other programs read the RFC."""

import zoneinfo
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from agenda_factories import make_event
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.calendars.ics import STATUSES, calendar_of
from agenda.calendars.reading import KEPT, read
from agenda.calendars.series import with_entries
from agenda.dates.occurrences import HORIZON, planned, rebuild_occurrences
from agenda.models import DateChange, EventDate, EventPage
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
days = st.sampled_from(EDGES) | st.dates(date(2026, 6, 1), date(2027, 9, 30))
hours = st.sampled_from([time(0), time(1, 30), time(2), time(2, 30), time(9, 30), time(22)])
lengths = st.none() | st.sampled_from([30, 150, 480, 1440, 3000]).map(
    lambda minutes: timedelta(minutes=minutes)
)
kinds = st.sampled_from(["cancelled", "moved", "full", "note"])


@st.composite
def dates_of_event(draw):
    """A date as the editor's form takes it: on the wall clock, its first day one of its rule's."""
    first, hour, length = draw(days), draw(hours), draw(lengths)
    repeat = draw(
        st.sampled_from(["", "daily", "weekly", "monthly_weekday", "monthly_day", "yearly", "list"])
    )
    typed = {"repeat": repeat, "is_all_day": draw(st.booleans())}
    if repeat == "weekly":
        others = draw(st.sets(st.integers(0, 6), max_size=3))
        typed["weekdays"] = sorted(others | {first.weekday()}) if others else []
    if repeat == "list":
        gaps = draw(st.sets(st.integers(1, 120), min_size=1, max_size=5))
        typed["days"] = [(first + timedelta(days=gap)).isoformat() for gap in sorted(gaps)]
    elif repeat:
        typed["interval"] = draw(st.sampled_from([1, 1, 2, 3]))
        longest = 60 if repeat == "daily" else 400
        until = st.integers(0, longest).map(lambda gap: first + timedelta(days=gap))
        typed["until"] = draw(until if repeat == "daily" else st.none() | until)
    return datetime.combine(first, hour), length, typed


def made(wall, length, typed, zone):
    start = wall.replace(tzinfo=zone).astimezone(UTC)
    end = (wall + length).replace(tzinfo=zone).astimezone(UTC) if length else None
    if end is not None and end <= start:
        end = start + length
    return EventDate(start=start, end=end, **typed)


@st.composite
def changes_of_event(draw):
    """Which of the dates change, by rank, and how."""
    ranks = draw(st.dictionaries(st.integers(0, 40), kinds, max_size=3))
    shift = draw(st.sampled_from([-30, 60, 1500]))
    return ranks, timedelta(minutes=shift), draw(st.booleans())


def of_database(event, zone):
    for one in event.occurrences.all():
        is_one_cancelled = one.status == "cancelled" != event.status
        if is_one_cancelled and one.key != one.date_key and one.over_at <= NOW - KEPT:
            continue  # only a gap is told of it
        start, end = one.start, one.end
        if one.is_all_day:
            start, end = (moment.astimezone(zone).date() for moment in (start, end))
        yield start, end or start, STATUSES.get(one.status, "CONFIRMED")


def of_calendar(text, last):
    found = recurring_ical_events.of(Calendar.from_ical(text), skip_bad_series=False)
    for one in found.between(datetime(2026, 5, 1, tzinfo=UTC), last + timedelta(days=2)):
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        if isinstance(start, datetime):
            start, end = start.astimezone(UTC), end.astimezone(UTC)
        yield start, end, str(one["STATUS"])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # What is found tells enough; to make it smaller takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    zone=st.sampled_from(ZONES),
    dates=st.lists(dates_of_event(), min_size=1, max_size=2),
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
        for rows in (of_calendar(calendar.to_ical(), last), of_database(event, zone))
    )
    assert found == expected


def chosen(moments, ranks, shift, is_added):
    for rank, kind in ranks.items():
        if rank >= len(moments):
            continue
        moment = moments[rank]
        change = DateChange(kind=kind, original=moment.original, note="Salle 2")
        if kind == "moved":
            change.start = moment.start + (timedelta(days=1) if moment.is_all_day else shift)
        yield change
    if is_added:
        start = datetime(2027, 1, 9, 14, tzinfo=UTC)
        yield DateChange(kind="added", start=start, end=start + timedelta(hours=2))


@pytest.fixture
def event_to_change(alpha):
    return EventPage.objects.get(pk=make_event(alpha).pk)
