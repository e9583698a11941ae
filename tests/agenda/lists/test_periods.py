import zoneinfo
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agenda.lists.periods import PRESETS, preset, read_period

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 25)  # a Wednesday
days = st.dates(date(2000, 1, 1), date(2100, 12, 30))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("aujourdhui", date(2026, 11, 25), date(2026, 11, 25)),
        ("semaine", date(2026, 11, 25), date(2026, 11, 29)),
        ("week-end", date(2026, 11, 28), date(2026, 11, 29)),
        ("mois-prochain", date(2026, 12, 1), date(2026, 12, 31)),
        ("30-jours", date(2026, 11, 25), date(2026, 12, 24)),
    ],
)
def test_a_preset_is_seen_from_today(name, first, last):
    period = read_period({"periode": name}, TODAY)
    assert (period.first, period.last) == (first, last)
    assert period.words


@given(st.sampled_from(list(PRESETS)), days)
def test_a_preset_never_begins_before_today_nor_ends_before_it_begins(name, today):
    period = preset(name, today)
    assert today <= period.first <= period.last <= today + timedelta(days=61)


def test_on_sunday_this_week_end_is_today():
    sunday = date(2026, 11, 29)
    assert preset("week-end", sunday).first == preset("week-end", sunday).last == sunday


@given(days, days)
def test_dates_are_read_as_browsers_send_them_and_as_people_type_them(first, last):
    first, last = sorted((first, last))
    sent = read_period({"du": first.isoformat(), "au": last.isoformat()}, TODAY)
    typed = read_period({"du": f"{first:%d/%m/%Y}", "au": f"{last:%d/%m/%Y}"}, TODAY)
    assert sent == typed
    assert (sent.first, sent.last, sent.errors) == (first, last, {})


@given(st.text(), st.text(), st.text())
@example("2026-99-99", "", "")
@example("0000-00-00", "9999-12-31", "")
@example("٢٠٢٦-١٢-٠٣", "", "")
@example("\0", "\0", "\0")
def test_nonsense_gives_an_open_period_and_a_sentence(du, au, periode):
    period = read_period({"du": du, "au": au, "periode": periode}, TODAY)
    if period.errors:
        assert not period
        assert set(period.errors) <= {"du", "au"}
        assert all(words.startswith("« ") for words in period.errors.values())


def test_each_bad_field_is_named():
    errors = read_period({"du": "2026-99-99", "au": "bientôt"}, TODAY).errors
    assert "À partir du" in errors["du"] and "03/12/2026" in errors["du"]
    assert "Jusqu’au" in errors["au"]
    swapped = read_period({"du": "2026-12-03", "au": "2026-12-01"}, TODAY).errors
    assert "vient avant" in swapped["au"]


def test_what_is_over_today_is_left_out_and_a_past_day_is_given_whole():
    now = datetime(2026, 11, 25, 15, tzinfo=PARIS)
    assert read_period({"periode": "aujourdhui"}, TODAY).bounds(now, PARIS) == (
        now,
        datetime(2026, 11, 26, tzinfo=PARIS),
    )
    assert read_period({"du": "2026-11-01", "au": "2026-11-30"}, TODAY).bounds(now, PARIS) == (
        datetime(2026, 11, 1, tzinfo=PARIS),
        datetime(2026, 12, 1, tzinfo=PARIS),
    )
