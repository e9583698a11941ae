import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agenda.dates.occurrences import moments
from agenda.dates.words import date_words, days_words, series_words
from agenda.models import EventDate
from territories.words import hours_words, moment_words, period_words

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 23)


def paris(*parts):
    return datetime(*parts, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (paris(2026, 12, 3, 9, 30), paris(2026, 12, 3, 17), "jeudi 3 décembre, de 9 h 30 à 17 h"),
        (paris(2026, 12, 1, 14), None, "mardi 1er décembre à 14 h"),
        (paris(2026, 12, 3), None, "jeudi 3 décembre"),
        (
            paris(2026, 12, 3, 9),
            paris(2026, 12, 5, 17, 5),
            "du jeudi 3 décembre à 9 h au samedi 5 décembre à 17 h 05",
        ),
    ],
)
def test_a_moment_is_told_as_people_say_it(start, end, words):
    assert moment_words(start, end, PARIS) == words


def test_a_moment_is_told_on_the_territorys_clock():
    start = datetime(2026, 12, 3, 20, 30, tzinfo=UTC)
    assert moment_words(start, None, zoneinfo.ZoneInfo("Indian/Reunion")) == (
        "vendredi 4 décembre à 0 h 30"
    )


FIRST_TUESDAY, LAST_THURSDAY = paris(2026, 12, 1, 9), paris(2026, 12, 31, 9)


@pytest.mark.parametrize(
    ("start", "fields", "words"),
    [
        (FIRST_TUESDAY, {"repeat": ""}, ""),
        (FIRST_TUESDAY, {"repeat": "daily"}, "chaque jour"),
        (FIRST_TUESDAY, {"repeat": "daily", "interval": 3}, "tous les 3 jours"),
        (FIRST_TUESDAY, {"repeat": "weekly"}, "tous les mardis"),
        (FIRST_TUESDAY, {"repeat": "weekly", "weekdays": [3, 1]}, "tous les mardis et jeudis"),
        (
            FIRST_TUESDAY,
            {"repeat": "weekly", "weekdays": [1, 3, 5]},
            "tous les mardis, jeudis et samedis",
        ),
        (FIRST_TUESDAY, {"repeat": "weekly", "weekdays": range(5)}, "du lundi au vendredi"),
        (FIRST_TUESDAY, {"repeat": "weekly", "weekdays": range(7)}, "chaque jour"),
        (
            FIRST_TUESDAY,
            {"repeat": "weekly", "interval": 2},
            "toutes les deux semaines, le mardi",
        ),
        (
            FIRST_TUESDAY,
            {"repeat": "weekly", "interval": 3, "weekdays": [1, 3]},
            "toutes les 3 semaines, le mardi et le jeudi",
        ),
        (FIRST_TUESDAY, {"repeat": "monthly_weekday"}, "le premier mardi du mois"),
        (LAST_THURSDAY, {"repeat": "monthly_weekday"}, "le dernier jeudi du mois"),
        (
            LAST_THURSDAY,
            {"repeat": "monthly_last_weekday", "interval": 2},
            "tous les 2 mois, le dernier jeudi du mois",
        ),
        (FIRST_TUESDAY, {"repeat": "monthly_day"}, "le 1er de chaque mois"),
        (LAST_THURSDAY, {"repeat": "monthly_day"}, "le 31 des mois qui en ont un"),
        (paris(2027, 5, 1, 9), {"repeat": "yearly"}, "chaque année le 1er mai"),
        (
            paris(2028, 2, 29, 9),
            {"repeat": "yearly"},
            "le 29 février des années qui en ont un",
        ),
        (
            FIRST_TUESDAY,
            {"repeat": "weekly", "until": date(2027, 1, 28)},
            "tous les mardis jusqu’au 28 janvier",
        ),
        (
            FIRST_TUESDAY,
            {"repeat": "weekly", "until": date(2027, 6, 1)},
            "tous les mardis jusqu’au 1er juin 2027",
        ),
    ],
)
def test_a_series_is_told_in_the_same_sentence_on_each_of_its_days(start, fields, words):
    fields = {**fields, "weekdays": list(fields.get("weekdays", ()))}
    typed = EventDate(start=start, **fields)
    for moment in moments(typed, PARIS, start + timedelta(days=200)):
        assert series_words(moment.series, moment.until, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2026, 12, 3)], "le 3 décembre"),
        ([date(2026, 12, 17), date(2026, 12, 3), date(2026, 12, 10)], "les 3, 10 et 17 décembre"),
        (
            [date(2026, 12, 3), date(2027, 1, 1), date(2027, 1, 8)],
            "le 3 décembre et les 1er et 8 janvier",
        ),
        ([date(2028, 2, 3), date(2028, 2, 4)], "les 3 et 4 février 2028"),
    ],
)
def test_days_are_told_by_month(days, words):
    assert days_words(days, TODAY) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"repeat": "weekly"}, "tous les mardis, de 9 h à 11 h"),
        ({"repeat": "list", "days": ["2026-12-10"]}, "les 1er et 10 décembre, de 9 h à 11 h"),
        ({"repeat": "", "end": None}, "mardi 1er décembre 2026 à 9 h"),
        ({"repeat": "daily", "end": None}, "chaque jour à 9 h"),
        ({"is_all_day": True}, "mardi 1er décembre 2026"),
        ({"is_all_day": True, "end": paris(2026, 12, 3)}, "du 1er au 3 décembre 2026"),
        ({"is_all_day": True, "repeat": "yearly"}, "chaque année le 1er décembre"),
    ],
)
def test_a_date_is_told_in_one_sentence(fields, words):
    typed = EventDate(start=FIRST_TUESDAY, **{"end": paris(2026, 12, 1, 11), **fields})
    assert date_words(typed, PARIS, TODAY) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 3), date(2026, 12, 9), "du 3 au 9 décembre 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "du 30 décembre 2026 au 2 janvier 2027"),
        (date(2026, 11, 30), date(2026, 12, 1), "du 30 novembre au 1er décembre 2026"),
        (date(2026, 12, 3), date(2026, 12, 3), "le 3 décembre 2026"),
        (date(2026, 12, 3), None, "à partir du 3 décembre 2026"),
        (None, date(2026, 12, 3), "jusqu’au 3 décembre 2026"),
        (None, None, ""),
    ],
)
def test_a_period_is_told_in_words(first, last, words):
    assert period_words(first, last) == words


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 5000))  # noqa: DTZ001
def test_every_moment_has_words_in_every_language(start, minutes):
    start = start.replace(tzinfo=PARIS)
    for language in ("fr", "en", "ar"):
        with translation.override(language):
            assert moment_words(start, start + timedelta(minutes=minutes), PARIS, year=True)
            assert hours_words(start, start + timedelta(minutes=minutes))
