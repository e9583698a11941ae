import zoneinfo
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from agenda.dates.occurrences import moments
from agenda.dates.words import series_words
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


@pytest.mark.parametrize(
    ("repeat", "start", "until", "words"),
    [
        ("weekly", paris(2026, 12, 3), date(2027, 1, 28), "tous les jeudis jusqu’au 28 janvier"),
        ("weekly", paris(2026, 12, 4), None, "tous les vendredis"),
        ("monthly_weekday", paris(2026, 12, 1), None, "le premier mardi du mois"),
        ("monthly_weekday", paris(2026, 12, 31), None, "le dernier jeudi du mois"),
        ("weekly", paris(2026, 12, 3), date(2027, 6, 1), "tous les jeudis jusqu’au 1er juin 2027"),
        ("", paris(2026, 12, 3), None, ""),
    ],
)
def test_a_series_is_told_in_the_same_sentence_on_each_of_its_days(repeat, start, until, words):
    typed = EventDate(start=start, repeat=repeat, until=until)
    for moment in moments(typed, PARIS, start + timedelta(days=200)):
        assert series_words(moment.series, moment.until, TODAY) == words


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
