"""Files made to keep us busy. Each is read, or refused with a sentence, in seconds."""

import time
import tracemalloc
from types import SimpleNamespace

import pytest
from agenda_importing import calendar, event

from agenda.importing.running import read_file
from territories.importing.records import BadFile, Refused

PARIS = SimpleNamespace(time_zone="Europe/Paris")
# A busy machine is slower than this one; what is not bounded takes minutes.
SECONDS = 10
MILLION, MANY = 1_000_000, 300_000


def every(number):
    return ",".join(map(str, range(number)))


WHOLE_FILES = {
    "50 MB": (lambda: b"BEGIN:VCALENDAR\r\n" + b"x" * (50 << 20), "dépasse 20 Mo"),
    "parts in parts": (
        lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 500_000,
        "trop de parties",
    ),
    "events in events": (lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * MANY, "5000"),
    "blank lines": (lambda: b"BEGIN:VCALENDAR\r\n" + b"\n" * (15 << 20), "trop de lignes"),
    "lists in lists": (lambda: b"[" * MILLION, "trop de parties"),
    "a million events": (lambda: b"[" + b"{}," * MILLION + b"{}]", "5000"),
}
EVENTS = {
    "a line of 10 MB": (lambda: ["DESCRIPTION:" + "x" * (10 << 20)], "dépasse 200000"),
    "a folded line of 10 MB": (
        lambda: ["DESCRIPTION:x" + ("\r\n " + "x" * 70) * 150_000],
        "dépasse 200000",
    ),
    "every second": (lambda: ["RRULE:FREQ=SECONDLY"], "plusieurs fois par jour"),
    "a million times": (lambda: ["RRULE:FREQ=DAILY;COUNT=1000000"], "1000000 fois"),
    "every second of every day": (
        lambda: [f"RRULE:FREQ=DAILY;BYHOUR={every(24)};BYMINUTE={every(60)};BYSECOND={every(60)}"],
        "plus de 12000 fois",
    ),
    "each day again and again": (lambda: ["RRULE:FREQ=DAILY;INTERVAL=0"], "intervalle"),
    "30 February": (lambda: ["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], "aucune date"),
    "30 February, each year": (
        lambda: ["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
        "aucune date",
    ),
    "thousands of rules": (lambda: ["RRULE:FREQ=DAILY"] * 3_000, "plus de 10 règles"),
    "100,000 exceptions": (
        lambda: ["RRULE:FREQ=DAILY", "EXDATE:" + "20270101T090000Z," * 100_000],
        "dépasse 200000",
    ),
    "100,000 exceptions, one a line": (
        lambda: ["RRULE:FREQ=DAILY", *["EXDATE:20270101T090000Z"] * 100_000],
        "4000 lignes",
    ),
    "thousands of added dates": (
        lambda: ["RDATE:" + ",".join(f"2027010{n % 9 + 1}T0900{n % 60:02}" for n in range(5_000))],
        "plus de 800",
    ),
    "alarms in alarms": (lambda: ["BEGIN:VALARM"] * MANY, "trop de parties"),
    "the year 1": (lambda: ["DTSTART:00010101T000000"], "l’année"),
}


@pytest.fixture(autouse=True)
def in_seconds():
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_too_much_is_refused(name):
    content, words = WHOLE_FILES[name]
    with pytest.raises(BadFile, match=words):
        read_file(territory=PARIS, content=content())


def test_a_folded_line_of_10_mb_takes_no_more_memory_than_the_file():
    lines, _words = EVENTS["a folded line of 10 MB"]
    content = calendar(event(*lines())).encode()
    tracemalloc.start()
    read_file(territory=PARIS, content=content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6 * len(content)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_that_is_too_much_is_refused_alone(name):
    lines, words = EVENTS[name]
    text = calendar(event(*lines(), title="Piège"), event(uid="deux", title="Honnête"))
    trap, honest = read_file(territory=PARIS, content=text.encode()).records
    assert isinstance(trap, Refused)
    assert words in trap.reason
    assert "Piège" in str(trap.name)
    assert honest.name.title == "Honnête"


def test_a_time_zone_of_the_files_own_is_never_worked_out():
    observance = (
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n{}END:STANDARD"
    )
    offsets = "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0{0}00\r\nTZOFFSETTO:+0{0}00\r\n"
    zone = "\r\n".join(observance.format(offsets.format(hour)) for hour in (1, 2))
    text = calendar(
        f"BEGIN:VTIMEZONE\r\nTZID:Piège\r\n{zone}\r\nEND:VTIMEZONE",
        event("DTSTART;TZID=Piège:20270105T093000"),
    )
    found = read_file(territory=PARIS, content=text.encode())
    assert found.records[0].dates[0].start.hour == 8
    assert "Piège" in found.notes[0]


def test_a_rule_until_the_end_of_time_is_a_rule_without_end():
    text = calendar(event("RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"))
    [found] = read_file(territory=PARIS, content=text.encode()).records
    assert (found.dates[0].repeat, found.dates[0].until) == ("daily", None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"<!doctype html><html>", "page web"),
        (b"PK\x03\x04 zip", "ni un calendrier"),
        (b"{", "JSON valide"),
        (b"\x00\xff\xfe\x00", "ni un calendrier"),
    ],
)
def test_what_is_no_calendar_is_said(content, words):
    with pytest.raises(BadFile, match=words):
        read_file(territory=PARIS, content=content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(encoding):
    text = calendar(event(title="Café à l’étage"))
    found = read_file(territory=PARIS, content=text.encode(encoding))
    assert found.records[0].name.title == "Café à l’étage"
    assert bool(found.notes) is (encoding == "cp1252")


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_any_line_ending_is_read(ending):
    text = calendar(event("DESCRIPTION:un\r\n e suite")).replace("\r\n", ending)
    [found] = read_file(territory=PARIS, content=text.encode()).records
    assert found.fields["summary"] == "une suite"


def test_texts_cannot_carry_what_turns_a_line_around():
    text = calendar(event(title="Caf\u202ee\x00 emploi\x1b"))
    [found] = read_file(territory=PARIS, content=text.encode()).records
    assert found.fields["title"] == "Cafe emploi"
