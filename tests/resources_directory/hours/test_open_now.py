from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources_directory.hours.holidays import easter, is_holiday
from resources_directory.hours.open_now import rule_of_today, state

OFFICE = "Mo-Fr 09:00-12:30,14:00-17:00; We off; Sa 10:00-12:00; PH off"


def words(hours, day, clock):
    found = state(hours, datetime.fromisoformat(f"2026-12-{day:02} {clock}"))
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


def test_nothing_is_said_of_what_is_not_understood():
    assert words("sur rendez-vous", 1, "10:00") is None
    assert words("Mo-Fr 09:00-17:00; SH off", 1, "10:00") is None
    assert words("Mo-Su 20:00-02:00", 1, "23:00") is None
    assert words("", 1, "10:00") is None
    # Nobody wrote what happens on Christmas day.
    assert words("Mo-Fr 09:00-17:00", 25, "10:00") is None
    assert words("Tu off", 1, "10:00") == "Fermé en ce moment"
    assert words("24/7", 25, "03:00") == "Ouvert jour et nuit"
    assert words("Sa-Mo 20:00-24:00", 6, "23:00") == "Ouvert, jusqu’à minuit"


def test_the_rule_of_today_is_the_last_that_names_it():
    assert rule_of_today(OFFICE, date(2026, 12, 1)) == 0
    assert rule_of_today(OFFICE, date(2026, 12, 2)) == 1
    assert rule_of_today(OFFICE, date(2026, 12, 6)) is None
    assert rule_of_today(OFFICE, date(2026, 12, 25)) == 3


def test_holidays_move_with_easter():
    assert [easter(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]
    assert is_holiday(date(2026, 5, 14)) and is_holiday(date(2026, 5, 25))
    assert is_holiday(date(2026, 7, 14)) and not is_holiday(date(2026, 4, 5))


@given(st.text(), st.datetimes())
def test_no_text_breaks_it(hours, now):
    state(hours, now)
