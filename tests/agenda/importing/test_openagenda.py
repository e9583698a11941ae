"""What is read of OpenAgenda's JSON, without a database."""

import json
from datetime import UTC, date, datetime

import pytest
from agenda_importing import read_json
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.importing.records import ReadEvent
from territories.importing.records import BadFile, Refused


@pytest.fixture(scope="module")
def mediatheque(sample):
    return read_json(sample("openagenda.json").decode())


def by_id(found):
    events = [one for one in found.records if isinstance(one, ReadEvent)]
    return {one.external_id: one for one in reversed(events)}


def test_times_are_as_few_dates_as_say_the_same(mediatheque):
    weekly, once = by_id(mediatheque)["7001"].dates
    assert (weekly.repeat, weekly.until) == ("weekly", date(2027, 1, 21))
    assert weekly.start == datetime(2027, 1, 7, 8, tzinfo=UTC)
    assert (once.repeat, once.start) == ("", datetime(2027, 1, 22, 13, tzinfo=UTC))


def test_texts_are_the_french_ones_and_markdown_is_ours(mediatheque):
    fields = by_id(mediatheque)["7001"].fields
    assert fields["title"] == "Atelier CV"
    assert fields["summary"] == "Repartez avec un CV à jour."
    assert fields["body"] == (
        "<h3>Au programme</h3><ul><li>relire</li><li><b>imprimer</b></li></ul>"
        '<p><a href="https://plan.example">Le plan</a> et un piège</p>'
    )


def test_how_to_come_is_kept_in_its_fields(mediatheque):
    event = by_id(mediatheque)["7001"]
    expected = {
        "is_online": True,
        "online_url": "https://visio.example/cv",
        "accessibility": ["hi", "mi"],
        "is_free": True,
        "cost": "",
        "conditions": "De 16 à 25 ans. Gratuit, sur inscription",
        "registration_phone": "05 61 00 00 00",
        "registration": "05 61 00 00 01",
        "registration_email": "cv@atelier.example",
        "registration_link": "https://atelier.example/cv",
    }
    assert {name: event.fields[name] for name in expected} == expected
    assert event.place.insee_code == "31555"
    assert event.image_url == "https://cdn.example/cv.jpg"
    assert event.source == "OpenAgenda 42"


def test_nothing_is_said_to_be_free_but_what_says_so(mediatheque):
    found = by_id(mediatheque)
    assert (found["7002"].fields["is_free"], found["7002"].fields["cost"]) == (False, "5 €")
    assert found["7003"].fields["cost"] == "Prix non précisé"
    assert not found["7003"].fields["is_free"]


def test_another_language_is_kept_when_there_is_no_french_and_it_is_said(mediatheque):
    event = by_id(mediatheque)["7002"]
    assert event.fields["title"] == "Job fair"
    assert event.notes == ["ses textes sont en « en » : traduisez-les."]


def test_states_are_ours(mediatheque):
    found = {key: event.fields["status"] for key, event in by_id(mediatheque).items()}
    assert (found["7002"], found["7003"], found["7004"]) == ("cancelled", "full", "scheduled")
    assert by_id(mediatheque)["7004"].fields["is_online"]


def test_from_midnight_to_midnight_is_the_whole_day(mediatheque):
    [typed] = by_id(mediatheque)["7002"].dates
    assert typed.is_all_day
    assert typed.end is None


def test_whatever_is_refused_is_named_with_its_reason(mediatheque):
    found = {str(one.name): one.reason for one in mediatheque.records if isinstance(one, Refused)}
    assert found == {
        "« À modérer » (n° 5, 7005)": "il n’est pas publié sur OpenAgenda.",
        "« Sans date » (n° 6, 7006)": "il n’a pas de date.",
        "« Date cassée » (n° 7, 7007)": "une de ses dates n’est pas comprise.",
        "n° 8": "ce n’est pas un rendez-vous.",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"uid": 1, "slug": "agenda", "schema": {}}, "décrit un agenda"),
        ({"autre": 1}, "ne contient pas de rendez-vous"),
        (3, "ne contient pas de rendez-vous"),
    ],
)
def test_what_holds_no_event_is_refused(content, words):
    with pytest.raises(BadFile, match=words):
        read_json(json.dumps(content))


def test_one_event_alone_says_nothing_of_the_others(mediatheque):
    timings = [{"begin": "2027-02-03T10:00:00Z"}]
    alone = read_json(json.dumps({"uid": 1, "title": {"fr": "Seul"}, "timings": timings}))
    assert mediatheque.is_whole
    assert not alone.is_whole


NAMES = st.sampled_from(
    ["title", "timings", "location", "registration", "status", "age", "conditions", "keywords"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda one: (
        st.lists(one, max_size=3)
        | st.dictionaries(NAMES | st.sampled_from(["fr", "begin", "value", "min"]), one, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON, max_size=6))
@settings(max_examples=80, deadline=None)
def test_no_value_raises_anything(values):
    base = {"uid": 1, "title": {"fr": "x"}, "timings": [{"begin": "2027-01-01T00:00:00Z"}]}
    for record in read_json(json.dumps([{**base, **values}])).records:
        assert str(record.name)
