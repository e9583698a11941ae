"""One date changes; the others stay as the rule makes them. Nothing here is saved."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest

from agenda.dates.occurrences import planned
from agenda.models import DateChange, EventDate, EventPage

pytestmark = pytest.mark.django_db
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
HORIZON = datetime(2027, 3, 1, tzinfo=UTC)


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS)


TUESDAY = paris(2026, 12, 1, 9, 30)


def weekly(**fields):
    fields = {"until": date(2026, 12, 31), **fields}
    return EventDate(start=TUESDAY, end=TUESDAY + timedelta(hours=2), repeat="weekly", **fields)


def plan(*changes, dates=None, **fields):
    event = EventPage(title="Café", slug="cafe", **fields)
    event.dates = [weekly()] if dates is None else dates
    event.changes = list(changes)
    return planned(event, HORIZON)


def days(found):
    return [moment.start.astimezone(PARIS).day for moment in found]


def test_a_cancelled_date_stays_and_says_so():
    found = plan(DateChange(kind="cancelled", original=paris(2026, 12, 15, 9, 30), note="Férié"))
    assert days(found) == [1, 8, 15, 22, 29]
    assert [one.status for one in found].count("cancelled") == 1
    assert (found[2].status, found[2].note) == ("cancelled", "Férié")


def test_a_moved_date_keeps_its_key_its_length_and_where_it_comes_from():
    change = DateChange(
        kind="moved", original=paris(2026, 12, 29, 9, 30), start=paris(2026, 12, 30, 14)
    )
    before, after = plan()[-1], plan(change)[-1]
    assert (after.key[32:], after.original) == (before.key[32:], before.original)
    assert after.start == paris(2026, 12, 30, 14)
    assert after.end == after.over_at == paris(2026, 12, 30, 16)
    assert after.status == "scheduled"


def test_an_added_date_stands_among_the_others_under_a_key_of_its_own():
    change = DateChange(kind="added", start=paris(2026, 12, 10, 18), note="En soirée")
    found = plan(change)
    assert days(found) == [1, 8, 10, 15, 22, 29]
    assert (found[2].key, found[2].date_key, found[2].series) == (change.key.hex, "", "")
    assert found[2].original == found[2].start


def test_a_change_follows_the_day_when_the_hour_of_the_rule_changes():
    change = DateChange(kind="full", original=paris(2026, 12, 8, 9, 30))
    later = EventDate(start=TUESDAY.replace(hour=14), repeat="weekly")
    assert [one.status for one in plan(change, dates=[later])[:3]] == [
        "scheduled",
        "full",
        "scheduled",
    ]


@pytest.mark.parametrize(
    ("end", "after_the_last"),
    [(None, paris(2026, 12, 7)), (paris(2026, 12, 5, 18), paris(2026, 12, 6))],
)
def test_whole_days_that_move_stay_whole(end, after_the_last):
    fair = EventDate(start=paris(2026, 12, 1), end=paris(2026, 12, 2), is_all_day=True)
    change = DateChange(kind="moved", original=fair.start, start=paris(2026, 12, 5, 10), end=end)
    (one,) = plan(change, dates=[fair])
    assert (one.start, one.end) == (paris(2026, 12, 5), after_the_last)
    assert one.is_all_day


def test_of_two_dates_on_one_day_only_the_one_that_was_meant_changes():
    afternoon = EventDate(start=TUESDAY.replace(hour=14), repeat="weekly", until=date(2026, 12, 8))
    change = DateChange(kind="cancelled", original=paris(2026, 12, 8, 14, 30))
    found = plan(change, dates=[weekly(until=date(2026, 12, 8)), afternoon])
    assert [one.status for one in found] == ["scheduled"] * 3 + ["cancelled"]


def test_a_change_of_a_date_that_the_rule_gives_no_more_changes_nothing():
    change = DateChange(kind="cancelled", original=paris(2026, 12, 9, 9, 30))
    assert all(one.status == "scheduled" for one in plan(change))


@pytest.mark.parametrize(
    ("event", "change", "expected"),
    [
        ("full", "cancelled", ["full", "cancelled"]),
        ("cancelled", "full", ["cancelled", "cancelled"]),
        ("postponed", "cancelled", ["postponed", "cancelled"]),
        ("postponed", "full", ["postponed", "postponed"]),
    ],
)
def test_what_is_not_to_be_wins_over_what_is_full(event, change, expected):
    found = plan(DateChange(kind=change, original=paris(2026, 12, 8, 9, 30)), status=event)
    assert [one.status for one in found[:2]] == expected


def test_an_action_without_sessions_is_one_period():
    (one,) = plan(
        dates=[], is_action=True, runs_from=date(2027, 1, 4), runs_until=date(2027, 6, 30)
    )
    assert one.is_period and one.is_all_day
    assert (one.start, one.end) == (paris(2027, 1, 4), paris(2027, 7, 1))


def test_the_sessions_of_an_action_end_with_it():
    period = {"runs_from": date(2026, 12, 1), "runs_until": date(2026, 12, 15)}
    typed = weekly(until=None)
    assert days(plan(dates=[typed], is_action=True, **period)) == [1, 8, 15]
    assert len(plan(dates=[typed], **period)) > 10
