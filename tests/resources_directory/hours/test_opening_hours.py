from hypothesis import given
from hypothesis import strategies as st

from resources_directory.hours.opening_hours import in_words


def test_everyday_hours_are_put_into_words():
    assert in_words("Mo-Fr 09:00-12:30,14:00-17:00; Sa 10:00-12:00; PH off") == [
        ("Lundi à vendredi", ["9 h à 12 h 30", "14 h à 17 h"]),
        ("Samedi", ["10 h à 12 h"]),
        ("Jours fériés", ["Fermé"]),
    ]


def test_several_days_share_their_hours():
    assert in_words("Mo,We-Fr 08:45-12:00") == [("Lundi, mercredi à vendredi", ["8 h 45 à 12 h"])]


def test_what_is_not_understood_is_shown_as_it_was_written():
    assert in_words("sur rendez-vous; Mo[1] 10:00-12:00") == [
        ("", ["sur rendez-vous"]),
        ("", ["Mo[1] 10:00-12:00"]),
    ]
    assert in_words("24/7") == [("Tous les jours", ["Jour et nuit"])]
    assert in_words(" ; ") == []


@given(st.text())
def test_no_text_breaks_it_and_none_is_lost(hours):
    shown = in_words(hours)
    assert len(shown) == len([rule for rule in hours.split(";") if rule.strip()])
    assert all(periods for _days, periods in shown)


@given(st.lists(st.sampled_from(["Mo", "Tu-Th", "PH"]), min_size=1), st.integers(0, 23))
def test_any_list_of_days_is_understood(days, hour):
    [(words, periods)] = in_words(f"{','.join(days)} {hour:02}:00-24:00")
    assert words
    assert periods == [f"{hour} h à minuit"]
