from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from resources_directory.hours.closures import joined
from resources_directory.hours.days import days_of
from resources_directory.hours.expression import read_or_none
from resources_directory.hours.sheet import hours_sheet
from resources_directory.hours.structured import special, specifications
from resources_directory.hours.week import timetable

OFFICE = "Mo-Fr 09:00-12:30,14:00-17:00; We off; PH off"


@dataclass
class Closed:
    first_day: date
    last_day: date
    note: str = ""


def sheet(hours, day, closures=(), insee=""):
    return hours_sheet(hours, closures, datetime.fromisoformat(f"{day} 10:00"), insee)


def rows(lines):
    return {line.day: [" ".join(filter(None, period)) for period in line.periods] for line in lines}


def usual(hours, day="2026-12-01"):
    [table] = sheet(hours, day)["tables"]
    return rows(table.lines)


def test_a_usual_week_has_seven_days_and_today_is_marked():
    # A Tuesday, far from any holiday.
    found = sheet(OFFICE, "2026-11-17")
    [table] = found["tables"]
    office = ["9 h à 12 h 30", "14 h à 17 h"]
    assert rows(table.lines) == {
        "Lundi": office,
        "Mardi": office,
        "Mercredi": ["Fermé"],
        "Jeudi": office,
        "Vendredi": office,
        "Samedi": ["Fermé"],
        "Dimanche": ["Fermé"],
    }
    assert [line.day for line in table.lines if line.is_today] == ["Mardi"]
    assert found["hours_of_holidays"] == [("Fermé", "")]
    assert found["other_days"] == [] and found["state"].words == "Ouvert, jusqu’à 12 h 30"


def test_what_was_noted_is_kept():
    hours = 'Mo 09:00-12:00 "sans rendez-vous"; Tu "sur rendez-vous"; We off "marché"; Th unknown'
    week = usual(hours)
    assert week["Lundi"] == ["9 h à 12 h sans rendez-vous"]
    assert week["Mardi"] == ["sur rendez-vous"]
    assert week["Mercredi"] == ["Fermé marché"]
    assert week["Jeudi"] == ["Horaires à vérifier"]
    assert usual("Th 20:00-02:00; Sa 18:00-24:00; Su 00:00-24:00") == {
        **{day: ["Fermé"] for day in ("Lundi", "Mardi", "Mercredi", "Vendredi")},
        "Jeudi": ["20 h à 2 h"],
        "Samedi": ["18 h à minuit"],
        "Dimanche": ["Jour et nuit"],
    }


@pytest.mark.parametrize("hours", ["quand il passe", "Mo 09:00+", "sunrise-sunset", "Mo 09:00 ;"])
def test_what_cannot_be_put_in_a_table_is_shown_as_it_was_written(hours):
    found = sheet(hours, "2026-12-01")
    assert found["tables"] == found["other_days"] == [] and found["state"] is None
    assert found["hours_as_written"] == hours.removesuffix(" ;")


def test_the_holidays_of_the_next_four_weeks_are_told():
    assert rows(sheet(OFFICE, "2026-12-01")["other_days"]) == {"Vendredi 25 décembre": ["Fermé"]}
    unnamed = sheet("Mo-Fr 09:00-17:00", "2026-12-10")["other_days"]
    assert rows(unnamed) == {
        "Vendredi 25 décembre": ["Horaires à vérifier"],
        "Vendredi 1er janvier": ["Horaires à vérifier"],
    }
    assert {line.reason for line in unnamed} == {"jour férié"}
    # Nobody comes on a day when it is always closed.
    assert sheet("Mo 09:00-17:00; PH off", "2026-12-01")["other_days"] == []
    here = sheet(OFFICE, "2026-12-20", insee="67482")["other_days"]
    assert [(line.day, line.reason) for line in here] == [
        ("Vendredi 25 décembre", "jour férié"),
        ("Samedi 26 décembre", "jour férié ici"),
        ("Vendredi 1er janvier", "jour férié"),
    ]
    assert [line.day for line in sheet(OFFICE, "2026-12-25")["other_days"] if line.is_today] == [
        "Vendredi 25 décembre"
    ]


def test_a_season_that_begins_soon_has_its_own_table():
    found = sheet("Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-13:00", "2027-06-20")["tables"]
    assert [table.title for table in found] == [
        "Jusqu’au 30 juin 2027",
        "À partir du 1er juillet 2027",
    ]
    assert [rows(table.lines)["Mardi"] for table in found] == [["9 h à 17 h"], ["8 h à 13 h"]]
    # In winter it is far away.
    assert usual("Mo-Fr 09:00-17:00; Jul-Aug off")["Mardi"] == ["9 h à 17 h"]


def test_a_day_that_is_not_like_the_others_is_told_beside_the_week():
    found = sheet("Mo-Fr 09:00-12:00; Mo[1] 14:00-16:00; 2026 Dec 15 off", "2026-12-02")
    assert rows(found["other_days"]) == {
        "Lundi 7 décembre": ["14 h à 16 h"],
        "Mardi 15 décembre": ["Fermé"],
        "Vendredi 25 décembre": ["Horaires à vérifier"],
    }


def test_weeks_that_are_never_alike_are_told_day_by_day():
    found = sheet("week 1-53/2 Tu 10:00-12:00; PH off", "2026-12-01")
    assert found["tables"] == []
    assert rows(found["other_days"]) == {
        "Mardi 1er décembre": ["10 h à 12 h"],
        "Mardi 15 décembre": ["10 h à 12 h"],
    }


def test_school_holidays_are_not_lied_about():
    found = sheet("Mo-Fr 09:00-17:00; SH off; PH off", "2026-12-01")
    assert found["school_holidays"] and found["state"] is None


CHRISTMAS = Closed(date(2026, 12, 24), date(2027, 1, 3), "Congés “de” fin d’année")


def test_a_closure_is_told_two_weeks_before_while_it_lasts_and_no_longer():
    def told(day):
        return sheet(OFFICE, day, [CHRISTMAS])["closures"]

    words = [("Fermé du 24 décembre 2026 au 3 janvier 2027", CHRISTMAS.note)]
    assert told("2026-12-09") == [] and told("2027-01-04") == []
    assert told("2026-12-10") == told("2027-01-03") == words
    # The holidays in it are closed like the rest.
    assert sheet(OFFICE, "2026-12-10", [CHRISTMAS])["other_days"] == []


def test_a_closed_place_says_when_it_opens_again():
    def words(hours, day, closures=(CHRISTMAS,)):
        found = sheet(hours, day, closures)["state"]
        return found and found.words

    assert words(OFFICE, "2026-12-29") == "Fermé, ouvre lundi à 9 h"
    assert words("quand il passe", "2026-12-29") == "Fermé jusqu’au 3 janvier"
    assert words("", "2026-12-29") == "Fermé jusqu’au 3 janvier"
    assert words("24/7", "2026-12-29") == "Fermé, ouvre lundi à 0 h"
    assert words('Mo-Fr "sur rendez-vous"', "2026-12-29") == "Fermé jusqu’au 3 janvier"
    assert words("", "2026-12-10") is None
    assert words(OFFICE, "2026-12-22") == "Ouvert, jusqu’à 12 h 30"
    again = Closed(date(2027, 1, 4), date(2027, 1, 5))
    assert words(OFFICE, "2026-12-29", (CHRISTMAS, again)) == "Fermé, ouvre jeudi 7 janvier à 9 h"
    assert joined(OFFICE, [again]) == f"{OFFICE}; 2027 Jan 04-2027 Jan 05 off"


def test_search_engines_read_the_same_hours():
    today = date(2026, 12, 1)
    named = [
        (one["dayOfWeek"], one["opens"], one["closes"])
        for one in specifications("Mo-Tu 09:00-12:00; Fr 20:00-24:00; PH 10:00-11:00", today)
    ]
    assert named == [
        (["Monday", "Tuesday"], "09:00", "12:00"),
        (["Friday"], "20:00", "23:59"),
        (["PublicHolidays"], "10:00", "11:00"),
    ]
    assert specifications('Mo "sur rendez-vous"', today) == specifications("odd", today) == []
    summer = "Jul Mo-Su 09:00-12:00; Aug Mo-Su 09:00-11:00"
    [season, _after] = specifications(summer, date(2027, 7, 20))
    assert season["validThrough"] == "2027-07-31"
    [closed] = special([CHRISTMAS], today)
    assert (closed["validFrom"], closed["validThrough"]) == ("2026-12-24", "2027-01-03")
    assert closed["opens"] == closed["closes"] and special([CHRISTMAS], date(2027, 1, 4)) == []


RULES = st.lists(
    st.tuples(
        st.sampled_from(["Mo-Fr", "Tu,Th", "Sa-Su", "Mo[1]", "Dec Mo", "week 2-52/2 We", "Dec 24"]),
        st.sampled_from(["off", "09:00-12:00", "09:00-12:30,14:00-17:00", "20:00-02:00"]),
    ).map(" ".join),
    min_size=1,
    max_size=3,
).map("; ".join)


@settings(max_examples=100, deadline=None)
@given(RULES, st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_the_table_and_the_other_days_say_what_the_library_says_of_four_weeks(hours, today):
    found, library = timetable(hours, today), OpeningHours(hours)
    for ahead in range(28):
        day = today + timedelta(ahead)
        told = found.other_days.get(day, found.usual(day))
        for hour in range(3, 24):
            moment = datetime.combine(day, datetime.min.time()).replace(hour=hour, minute=15)
            clock = moment.time()
            is_told_open = any(
                period.start <= clock and (clock < period.end or period.end <= period.start)
                for period in told
            )
            assert is_told_open == library.is_open(moment), (hours, day, hour)


@settings(max_examples=100, deadline=None)
@given(st.text(), st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.text(max_size=10))
def test_no_text_breaks_a_sheet(hours, today, note):
    closure = Closed(today, today + timedelta(3), note)
    hours_sheet(hours, [closure], datetime.combine(today, datetime.min.time()))
    assert read_or_none(joined("", [closure]))
    assert bool(read_or_none(joined(hours, [closure]))) != bool(hours and not read_or_none(hours))
    assert days_of(read_or_none(joined("24/7", [closure])), today + timedelta(4), 1)[0]
