"""Dates and changes of events as people may type them, for tests over many of them."""

from datetime import UTC, datetime, time, timedelta

import recurring_ical_events
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.calendars.ics import STATUSES
from agenda.models import DateChange, EventDate

hours = st.sampled_from([time(0), time(1, 30), time(2), time(2, 30), time(9, 30), time(22)])
lengths = st.none() | st.sampled_from([30, 150, 480, 1440, 3000]).map(
    lambda minutes: timedelta(minutes=minutes)
)
kinds = st.sampled_from(["cancelled", "moved", "full", "note"])


@st.composite
def dates_of_event(draw, days):
    """As the editor's form takes it: on the wall clock, its first day one of its rule's. `days`: on
    which it may begin."""
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
        start = moments[0].start + timedelta(days=40, minutes=75)
        yield DateChange(kind="added", start=start, end=start + timedelta(hours=2))


def expanded(text, first, last):
    """What a calendar says takes place between two moments, as another program reads it."""
    found = recurring_ical_events.of(Calendar.from_ical(text), skip_bad_series=False)
    for one in found.between(first, last + timedelta(days=2)):
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        if isinstance(start, datetime):
            start, end = start.astimezone(UTC), end.astimezone(UTC)
        yield start, end, str(one["STATUS"])


def as_told(occurrence, zone):
    """What the database says, in the terms of `expanded`."""
    start, end = occurrence.start, occurrence.end
    if occurrence.is_all_day:
        start, end = (moment.astimezone(zone).date() for moment in (start, end))
    return start, end or start, STATUSES.get(occurrence.status, "CONFIRMED")
