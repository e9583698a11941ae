"""A rule as RFC 5545 writes it gives the moments that dateutil and another reader find."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.dates.occurrences import moments
from agenda.dates.rules import MOST, rrule_text, starts, walls
from agenda.models import EventDate

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
REUNION = zoneinfo.ZoneInfo("Indian/Reunion")
# Paris and Miquelon change their clocks on other days; Reunion and Martinique never do.
ZONES = [
    PARIS,
    REUNION,
    zoneinfo.ZoneInfo("America/Miquelon"),
    zoneinfo.ZoneInfo("America/Martinique"),
]
MARCH, OCTOBER = date(2027, 3, 28), date(2026, 10, 25)


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS)


def made(typed, zone=PARIS, days=400):
    return list(starts(typed, zone, typed.start + timedelta(days=days)))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"repeat": "list", "days": ["2026-12-10"]}, ""),
        ({"repeat": "daily", "interval": 3}, "FREQ=DAILY;INTERVAL=3"),
        ({"repeat": "weekly"}, "FREQ=WEEKLY;BYDAY=TU"),
        (
            {"repeat": "weekly", "weekdays": [3, 1], "interval": 2},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        ),
        ({"repeat": "monthly_weekday"}, "FREQ=MONTHLY;BYDAY=+1TU"),
        ({"repeat": "monthly_last_weekday"}, "FREQ=MONTHLY;BYDAY=-1TU"),
        ({"repeat": "monthly_day"}, "FREQ=MONTHLY;BYMONTHDAY=1"),
        ({"repeat": "yearly"}, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1"),
        ({"repeat": "daily", "until": date(2027, 6, 17)}, "FREQ=DAILY;UNTIL=20270617T215959Z"),
        (
            {"repeat": "daily", "until": date(2027, 6, 17), "is_all_day": True},
            "FREQ=DAILY;UNTIL=20270617",
        ),
    ],
)
def test_each_rule_is_written_as_the_rfc_asks(fields, text):
    assert rrule_text(EventDate(start=paris(2026, 12, 1, 9, 30), **fields), PARIS) == text


@pytest.mark.parametrize(
    ("start", "repeat", "days"),
    [
        ((2027, 1, 31), "monthly_day", [(1, 31), (3, 31), (5, 31), (7, 31)]),
        ((2027, 1, 29), "monthly_last_weekday", [(1, 29), (2, 26), (3, 26), (4, 30)]),
        ((2027, 1, 29), "monthly_weekday", [(1, 29), (2, 26), (3, 26), (4, 30)]),
    ],
)
def test_months_without_that_day_are_skipped_and_the_last_weekday_is_the_last(start, repeat, days):
    found = made(EventDate(start=paris(*start, 10), repeat=repeat))
    assert [(one.month, one.day) for one in found[:4]] == days


def test_the_29_of_february_comes_back_in_leap_years():
    found = made(EventDate(start=paris(2028, 2, 29, 10), repeat="yearly"), days=365 * 9)
    assert [one.year for one in found] == [2028, 2032, 2036]


def test_a_list_of_days_is_in_order_and_each_day_once():
    days = ["2027-01-07", "2026-12-10", "2026-12-03"]
    found = made(EventDate(start=paris(2026, 12, 3, 9), repeat="list", days=days))
    assert [(one.month, one.day) for one in found] == [(12, 3), (12, 10), (1, 7)]


def test_an_hour_that_does_not_exist_is_read_before_the_change_and_lasts_as_long():
    start = datetime.combine(MARCH - timedelta(days=7), time(2, 30), PARIS)
    typed = EventDate(start=start, end=start + timedelta(minutes=45), repeat="weekly")
    _first, jumped, after = list(moments(typed, PARIS, start + timedelta(days=15)))
    assert jumped.start.astimezone(PARIS).time() == time(3, 30)
    assert jumped.end - jumped.start == timedelta(minutes=45)
    assert after.start.astimezone(PARIS).time() == time(2, 30)


def test_an_hour_that_comes_twice_is_its_first_time():
    start = datetime.combine(OCTOBER - timedelta(days=7), time(2, 30), PARIS)
    typed = EventDate(start=start, repeat="weekly")
    assert made(typed, days=8)[1] == datetime.combine(OCTOBER, time(0, 30), UTC)


def test_days_are_whole_on_the_territorys_clock_when_the_clocks_change():
    typed = EventDate(
        start=paris(2027, 3, 27, 15), end=paris(2027, 3, 28, 9), is_all_day=True, repeat="yearly"
    )
    first = next(iter(moments(typed, PARIS, typed.start)))
    assert (first.start, first.end) == (paris(2027, 3, 27), paris(2027, 3, 29))
    assert first.over_at == first.end and first.is_period


def test_a_series_of_many_years_leaves_the_oldest_behind():
    typed = EventDate(start=paris(2001, 1, 1, 9), repeat="daily")
    found = list(walls(typed, PARIS, paris(2026, 12, 1)))
    assert len(found) == MOST and found[-1].date() == date(2026, 11, 30)


REPEATS = ["daily", "weekly", "monthly_weekday", "monthly_day", "yearly", "list", ""]


@settings(max_examples=60, deadline=None)
@given(
    first=st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1)),  # noqa: DTZ001
    # Half past two does not exist on one night of spring, and comes twice on one of autumn.
    hour=st.sampled_from([2, 9, 23]),
    zone=st.sampled_from(ZONES),
    repeat=st.sampled_from(REPEATS),
    interval=st.integers(1, 3),
    weekdays=st.sets(st.integers(0, 6), max_size=3),
    more=st.sets(st.integers(1, 200), max_size=4),
    weeks=st.none() | st.integers(0, 30),
)
def test_another_reader_of_calendars_finds_the_same_moments(
    first, hour, zone, repeat, interval, weekdays, more, weeks
):
    first = first.replace(minute=30, second=0, microsecond=0, hour=hour)
    typed = EventDate(
        start=first.replace(tzinfo=zone),
        repeat=repeat,
        interval=interval,
        weekdays=sorted(weekdays | {first.weekday()}) if weekdays else [],
        days=[(first.date() + timedelta(days=number)).isoformat() for number in more],
        until=first.date() + timedelta(weeks=weeks) if weeks is not None and repeat else None,
    )
    event = icalendar.Event()
    event.add("uid", "1")
    event.add("dtstart", first.replace(tzinfo=zone))
    if rule := rrule_text(typed, zone):
        event.add("rrule", icalendar.vRecur.from_ical(rule))
    elif repeat == "list":
        event.add("rdate", [one.astimezone(zone) for one in starts(typed, zone, typed.start)][1:])
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    read = icalendar.Calendar.from_ical(calendar.to_ical())
    horizon = first + timedelta(days=300)
    found = recurring_ical_events.of(read).between(first.date(), horizon.date())
    theirs = sorted(one["dtstart"].dt.astimezone(UTC) for one in found)
    limit = datetime.combine(horizon.date(), time.min, zone)
    ours = [one for one in starts(typed, zone, horizon.replace(tzinfo=zone)) if one < limit]
    assert ours == theirs
