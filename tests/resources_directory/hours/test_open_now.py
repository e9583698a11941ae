from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from resources_directory.hours.holidays import is_holiday, is_local_holiday
from resources_directory.hours.open_now import open_at, state

OFFICE = "Mo-Fr 09:00-12:30,14:00-17:00; We off; Sa 10:00-12:00; PH off"
PARIS = ZoneInfo("Europe/Paris")


def words(hours, day, clock, insee=""):
    found = state(hours, datetime.fromisoformat(f"2026-12-{day:02} {clock}"), insee)
    return found and found.words


# 1 December 2026 is a Tuesday.
@pytest.mark.parametrize(
    "day, clock, expected",
    [
        (1, "09:00", "Ouvert, jusqu’à 12 h 30"),
        (1, "12:30", "Fermé, ouvre à 14 h"),
        (1, "16:59", "Ouvert, jusqu’à 17 h"),
        (1, "17:00", "Fermé, ouvre jeudi à 9 h"),
        (2, "10:00", "Fermé, ouvre demain à 9 h"),
        (5, "13:00", "Fermé, ouvre lundi à 9 h"),
        (25, "10:00", "Fermé, ouvre demain à 10 h"),
    ],
)
def test_a_place_says_whether_it_is_open_and_when_it_opens(day, clock, expected):
    assert words(OFFICE, day, clock) == expected


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "sur rendez-vous",
        '"sur rendez-vous"',
        'Mo-Fr 09:00-17:00 "RDV obligatoire"',
        "Mo-Fr 09:00-17:00 unknown",
        "Mo-Fr 09:00-17:00; SH off",
        "Mo-Fr 09:00+",
        "sunrise-sunset",
        'Mo 09:00-12:00 || "sonnez"',
    ],
)
def test_nothing_is_said_of_what_cannot_be_told(hours):
    assert words(hours, 1, "10:00") is None
    assert open_at([hours], datetime.fromisoformat("2026-12-01 10:00")) == {hours: None}


def test_a_place_without_appointment_is_open_to_whoever_comes():
    hours = 'Mo-Fr 09:00-12:30 open "Sans rendez-vous"; PH off'
    assert words(hours, 1, "10:00") == "Ouvert, jusqu’à 12 h 30"


def test_a_place_that_opens_once_in_a_while_says_the_date():
    assert words("Mo[1] 10:00-12:00; PH off", 8, "10:00") == "Fermé, ouvre lundi 4 janvier à 10 h"
    assert words("Tu off", 1, "10:00") == "Fermé en ce moment"
    assert words("Jul-Aug Mo 10:00-12:00; PH off", 1, "10:00") == "Fermé en ce moment"


def test_a_night_goes_on_over_midnight():
    assert words("Mo-Su 20:00-02:00", 1, "23:00") == "Ouvert, jusqu’à 2 h"
    assert words("Mo-Su 20:00-02:00", 2, "01:59") == "Ouvert, jusqu’à 2 h"
    assert words("Mo-Su 20:00-02:00", 2, "02:00") == "Fermé, ouvre à 20 h"
    assert words("Sa-Mo 20:00-24:00", 6, "23:00") == "Ouvert, jusqu’à minuit"
    assert words("24/7", 25, "03:00") == "Ouvert jour et nuit"
    assert words("24/7; We off", 6, "10:00") == "Ouvert, jusqu’à mardi à minuit"


def test_a_holiday_that_no_rule_names_is_not_a_day_like_another():
    assert words("Mo-Fr 09:00-17:00", 25, "10:00") is None
    assert words("Mo-Fr 09:00-17:00", 24, "18:00") == "Fermé en ce moment"
    assert words("Mo-Fr 09:00-17:00; PH 10:00-11:00", 25, "10:00") == "Ouvert, jusqu’à 11 h"


def test_what_a_place_does_on_a_holiday_of_its_department_is_not_known():
    # The end of slavery in La Réunion; the day after Christmas in Strasbourg.
    assert words("Mo-Su 09:00-17:00; PH off", 20, "10:00", "97411") is None
    assert words("Mo-Su 09:00-17:00; PH off", 26, "10:00", "67482") is None
    assert words("Mo-Su 09:00-17:00; PH off", 26, "10:00", "31555") == "Ouvert, jusqu’à 17 h"


def test_the_days_when_the_clocks_change_follow_the_clock_on_the_wall():
    night = "Mo-Su 20:00-04:00"
    start = datetime(2026, 10, 24, 23, tzinfo=ZoneInfo("UTC"))
    # Half past two strikes twice.
    for hours in range(4):
        now = (start + timedelta(hours=hours)).astimezone(PARIS)
        assert state(night, now).words == "Ouvert, jusqu’à 4 h"
        assert open_at([night], now) == {night: True}
    now = (start + timedelta(hours=4)).astimezone(PARIS)
    assert state(night, now).words == "Fermé, ouvre à 20 h"


def test_holidays_are_those_of_the_law():
    assert [month for month in range(1, 13) if is_holiday(date(2026, month, 1))] == [1, 5, 11]
    assert is_holiday(date(2026, 4, 6)) and is_holiday(date(2026, 5, 14))
    assert is_holiday(date(2026, 5, 25)) and is_holiday(date(2026, 7, 14))
    assert not is_holiday(date(2026, 4, 5)) and not is_holiday(date(2026, 4, 3))
    assert is_local_holiday(date(2026, 4, 3), "57463") and is_local_holiday(
        date(2026, 5, 22), "97209"
    )
    assert not is_local_holiday(date(2026, 12, 25), "67482")
    assert not is_local_holiday(date(2026, 5, 22), "") and not is_local_holiday(
        date(2026, 12, 26), "2A004"
    )


DAYS = st.sampled_from(["Mo-Fr", "Tu,Th", "Sa", "Fr-Mo", "PH", "Mo[1]", "Jul-Aug Mo-Fr", "Dec 24"])
TIMES = st.sampled_from(
    ["off", "09:00-12:00", "09:00-12:30,14:00-17:00", "20:00-02:00", '10:00-11:00 "sonnez"']
)
RULES = st.lists(st.tuples(DAYS, TIMES).map(" ".join), min_size=1, max_size=4).map("; ".join)
MOMENTS = st.datetimes(*map(datetime.fromisoformat, ("2024-01-01", "2034-01-01")))


@settings(max_examples=200)
@given(RULES, MOMENTS)
def test_whoever_says_something_says_what_the_library_says(hours, now):
    said, library = state(hours, now), OpeningHours(hours, country="FR", auto_country=False)
    assert open_at([hours], now)[hours] == (said and said.is_open)
    if said:
        assert said.is_open == library.is_open(now.replace(second=0, microsecond=0))
    else:
        assert is_holiday(now.date()) and "PH" not in hours


@settings(max_examples=200)
@given(st.text(), MOMENTS)
def test_no_text_breaks_it(hours, now):
    state(hours, now)
    open_at([hours], now)
