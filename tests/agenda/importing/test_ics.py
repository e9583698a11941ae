"""What is read of calendars, without a database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from agenda_importing import PARIS, calendar, event, read
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.dates.rules import on_the_wall
from agenda.importing.days import begins
from agenda.importing.records import ReadEvent
from territories.importing.records import BadFile, Refused


@pytest.fixture
def quartier(sample):
    return read(sample("quartier.ics").decode())


def by_id(found):
    return {one.external_id: one for one in found.records if isinstance(one, ReadEvent)}


def refusals(found):
    return {str(one.name): one.reason for one in found.records if isinstance(one, Refused)}


def paris(*when):
    return datetime(*when, tzinfo=PARIS)


def wall(*when):
    return datetime(*when)  # noqa: DTZ001


def starts(record):
    return sorted(on_the_wall(one, PARIS) for typed in record.dates for one in begins(typed, PARIS))


def test_a_series_with_its_changes_is_one_event(quartier):
    cafe = by_id(quartier)["cafe@maison.example"]
    [typed] = cafe.dates
    assert (typed.repeat, typed.interval, typed.weekdays) == ("weekly", 1, (1,))
    assert (typed.start, typed.until) == (paris(2027, 1, 5, 9, 30), date(2027, 3, 31))
    changes = {change.kind: change for change in cafe.changes}
    assert changes["moved"].original == paris(2027, 1, 12, 9, 30)
    assert changes["moved"].start == paris(2027, 1, 13, 14)
    assert changes["moved"].note == "Café emploi, à la bibliothèque"
    assert changes["added"].start == paris(2027, 4, 8, 14)
    assert changes["added"].end == paris(2027, 4, 8, 16)
    off = {change.original for change in cafe.changes if change.kind == "cancelled"}
    assert off == {paris(2027, 2, 16, 9, 30), paris(2027, 1, 19, 9, 30)}


def test_its_first_paragraph_is_the_summary_and_the_rest_the_text(quartier):
    fields = by_id(quartier)["cafe@maison.example"].fields
    assert fields["summary"] == "On parle de travail autour d’un café."
    assert fields["body"].startswith("<p>Venez comme vous êtes, avec ou sans CV.<br/><a href=")
    assert fields["source_url"] == "https://maison.example/cafe"


def test_days_are_whole_and_the_last_one_is_included(quartier):
    [typed] = by_id(quartier)["forum@maison.example"].dates
    assert typed.is_all_day
    assert (typed.start, typed.end) == (paris(2027, 3, 10), paris(2027, 3, 12))


def test_markup_is_cleaned_and_its_words_stay(quartier):
    body = by_id(quartier)["forum@maison.example"].fields["body"]
    assert body == (
        "<h3>Trois jours</h3><p>Des <b>métiers</b> et un piège.</p>"
        "<ul><li>Un</li><li>Deux</li></ul>"
    )


def test_a_rule_of_no_kind_of_ours_is_the_list_of_its_days(quartier):
    conseil = by_id(quartier)["conseil@maison.example"]
    first_working_days = [
        wall(2027, month, day, 18) for month, day in ((3, 1), (4, 1), (5, 3), (6, 1))
    ]
    assert starts(conseil) == first_working_days
    assert [typed.repeat for typed in conseil.dates] == ["list"]
    assert conseil.dates[0].end == paris(2027, 3, 1, 19, 30)


def test_clocks_without_a_known_zone_are_the_territorys_and_it_is_said(quartier):
    found = by_id(quartier)
    assert found["flottant@maison.example"].dates[0].start == paris(2027, 3, 2, 10)
    assert found["inconnu@maison.example"].dates[0].start == paris(2027, 3, 2, 10)
    assert found["ailleurs@maison.example"].dates[0].start == datetime(2027, 3, 2, 6, tzinfo=UTC)
    assert any("sans fuseau horaire" in note for note in quartier.notes)
    assert any("Middle-earth/Shire" in note for note in quartier.notes)


def test_an_end_before_the_start_is_left_out_and_it_is_said(quartier):
    found = by_id(quartier)["flottant@maison.example"]
    assert found.dates[0].end is None
    assert any("avant son début" in note for note in found.notes)


def test_an_address_of_the_web_is_no_place(quartier):
    found = by_id(quartier)["inconnu@maison.example"]
    assert found.place is None
    assert found.fields["online_url"] == "https://visio.example/salle"


def test_without_an_identifier_title_and_start_are_one(quartier, sample):
    again = read(sample("quartier.ics").decode())
    ids = [key for key in by_id(quartier) if key.startswith("sans-uid")]
    assert len(ids) == 1
    assert ids[0] in by_id(again)


def test_whatever_is_refused_is_named_with_its_reason(quartier):
    assert refusals(quartier) == {
        "n° 11, muet@maison.example": "il n’a pas de titre.",
        "« Un jour peut-être » (n° 12, sansdate@maison.example)": "il n’a pas de date de début.",
        "« Date cassée » (n° 13, casse@maison.example)": "une de ses lignes ne se lit pas.",
        "« Acheter du café » (n° 14, liste@maison.example)": (
            "ce n’est pas un rendez-vous, c’est un « VTODO »."
        ),
        "« Coupé net » (n° 15, tronque@maison.example)": "sa fin manque dans le fichier.",
    }


def test_of_two_with_one_identifier_the_later_stays():
    found = read(calendar(event("SEQUENCE:3", title="Nouveau"), event("SEQUENCE:2", title="Vieux")))
    assert [one.name.title for one in found.records if isinstance(one, ReadEvent)] == ["Nouveau"]
    assert list(refusals(found).values()) == ["il a le même identifiant que le n° 1, plus récent."]


def test_dates_of_an_event_of_ours_come_back_as_one():
    ours = "7b1c8f3e-0000-4000-8000-000000000001-{}@agenda.cites-emploi"
    keys = ["a" * 32, "b" * 32]
    found = read(
        calendar(
            event(uid=ours.format(keys[0]), title="Atelier"),
            event("STATUS:CANCELLED", uid=ours.format(keys[1]), title="Annulé : Atelier"),
        )
    )
    [record] = found.records
    assert record.external_id == "7b1c8f3e-0000-4000-8000-000000000001"
    assert [typed.seed for typed in record.dates] == keys
    assert [change.kind for change in record.changes] == ["cancelled"]
    assert record.fields["status"] == "scheduled"


def test_this_one_and_all_that_follow_is_another_hour_from_then_on():
    found = read(
        calendar(
            event("DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=6"),
            event(
                "DTSTART;TZID=Europe/Paris:20270126T140000",
                "DURATION:PT1H",
                "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20270126T093000",
            ),
        )
    )
    [record] = found.records
    assert [one.hour for one in starts(record)] == [9, 9, 9, 14, 14, 14]


def test_a_series_of_many_years_begins_with_this_one():
    text = event(
        "DTSTART;TZID=Europe/Paris:20100104T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    )
    [record] = read(calendar(text)).records
    [typed] = record.dates
    assert typed.start == paris(2026, 1, 1, 9)
    assert typed.until is None
    assert record.notes == ["ses dates d’avant le 01/01/2026 sont laissées."]


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("FREQ=DAILY;COUNT=10", {"repeat": "daily", "until": date(2027, 1, 14)}),
        ("FREQ=WEEKLY;INTERVAL=2", {"repeat": "weekly", "interval": 2}),
        ("FREQ=MONTHLY;BYDAY=1TU", {"repeat": "monthly_weekday"}),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", {"repeat": "monthly_weekday"}),
        ("FREQ=MONTHLY;BYMONTHDAY=5", {"repeat": "monthly_day"}),
        ("FREQ=YEARLY", {"repeat": "yearly"}),
        ("FREQ=DAILY;BYDAY=TU,TH", {"repeat": "weekly", "weekdays": (1, 3)}),
        # 9:30 on that day comes after the rule has ended.
        ("FREQ=WEEKLY;UNTIL=20270126T080000Z", {"repeat": "weekly", "until": date(2027, 1, 19)}),
        ("FREQ=DAILY;COUNT=1", {"repeat": ""}),
    ],
)
def test_a_rule_is_said_in_our_terms(rule, terms):
    [record] = read(calendar(event(f"RRULE:{rule}"))).records
    [typed] = record.dates
    assert {name: getattr(typed, name) for name in terms} == terms


@pytest.mark.parametrize(
    ("begins", "rule", "terms"),
    [
        # A 30th that is the last Saturday of its month, the only one of the year.
        ("20271030T090000", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30", {"repeat": "monthly_day"}),
        (
            "20271030T090000",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1SA",
            {"repeat": "monthly_last_weekday"},
        ),
        ("20270410T090000", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=10", {"repeat": "monthly_day"}),
        # A Saturday that is the 30th: no rule of ours says both.
        ("20271030T090000", "FREQ=MONTHLY;INTERVAL=3;BYDAY=SA;BYMONTHDAY=30", {"repeat": ""}),
        # An hour that one of its Sundays does not have.
        ("20270314T023000", "FREQ=WEEKLY", {"repeat": "weekly", "until": None}),
        # Later than any rule is written out.
        ("20310314T090000", "FREQ=WEEKLY", {"repeat": "weekly", "until": None}),
    ],
)
def test_a_rule_is_told_from_one_that_begins_alike(begins, rule, terms):
    text = event(f"DTSTART;TZID=Europe/Paris:{begins}", f"RRULE:{rule}")
    [record] = read(calendar(text)).records
    [typed] = record.dates
    assert {name: getattr(typed, name) for name in terms} == terms


rules = st.builds(
    "FREQ={};INTERVAL={}{};{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 4),
    st.sampled_from(["", "", ";BYDAY=MO,TH", ";BYDAY=TU", ";BYDAY=SA,SU", ";BYMONTHDAY=31"]),
    st.one_of(
        st.integers(1, 12).map("COUNT={}".format),
        st.dates(date(2027, 4, 1), date(2027, 12, 31)).map("UNTIL={:%Y%m%d}T230000Z".format),
    ),
)


@settings(max_examples=30, deadline=None)
@example("FREQ=DAILY;INTERVAL=1;COUNT=2", wall(2027, 3, 28, 2), "Europe/Paris")
@example("FREQ=DAILY;INTERVAL=1;COUNT=300", wall(2027, 3, 20, 21), "America/Martinique")
@given(
    rule=rules,
    first=st.datetimes(wall(2027, 3, 20), wall(2027, 3, 31)),
    zone=st.sampled_from(["Europe/Paris", "America/Martinique", "UTC"]),
)
def test_whatever_the_rule_it_takes_place_when_recurring_ical_events_says(rule, first, zone):
    first = first.replace(second=0, microsecond=0)
    text = calendar(event(f"DTSTART;TZID={zone}:{first:%Y%m%dT%H%M%S}", f"RRULE:{rule}"))
    judge = recurring_ical_events.of(Calendar.from_ical(text))
    said = {
        one["DTSTART"].dt.astimezone(UTC)
        for one in judge.between(first - timedelta(days=2), first + timedelta(days=5000))
    }
    [record] = read(text).records
    if isinstance(record, Refused):
        # A rule that gives nothing is a mistake: what it says of its start is not believed.
        assert record.reason == "sa règle de répétition ne donne aucune date."
        assert said <= {first.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)}
        return
    found = {one for typed in record.dates for one in begins(typed, PARIS)}
    assert found == said


@given(st.text(max_size=300) | st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_text_raises_anything_but_a_sentence(content):
    text = content if isinstance(content, str) else content.decode("latin-1")
    for given_text in (text, f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{text}\nEND:VEVENT"):
        try:
            read(given_text)
        except BadFile as error:
            assert str(error)


NAMES = st.sampled_from(["DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "GEO"])
VALUES = st.sampled_from(
    ["20270105T093000", "20270105", "FREQ=DAILY", "P1D", "1;2", "", ":", "99999999T999999Z"]
)


@given(st.lists(st.tuples(NAMES, VALUES | st.text(max_size=30)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_properties_raise_anything(lines):
    text = calendar(event(*[f"{name}:{value}" for name, value in lines]))
    for record in read(text).records:
        assert str(record.name)
