"""Calendars of others, as text, and what is read of them in Paris."""

from datetime import date
from zoneinfo import ZoneInfo

from agenda.importing.ics import read_ics
from agenda.importing.openagenda import read_openagenda

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 26)


def event(*lines, uid="un@ailleurs.example", title="Café emploi"):
    """A VEVENT. `lines` may say when it begins."""
    known = [f"UID:{uid}", f"SUMMARY:{title}"]
    if not any(line.startswith("DTSTART") for line in lines):
        known.append("DTSTART;TZID=Europe/Paris:20270105T093000")
    return "\r\n".join(["BEGIN:VEVENT", *known, *lines, "END:VEVENT"])


def calendar(*events, name="Ailleurs"):
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ailleurs//FR", f"X-WR-CALNAME:{name}"]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""])


def read(text, *, zone=PARIS):
    return read_ics(text, zone=zone, today=TODAY)


def read_json(text):
    return read_openagenda(text, zone=PARIS, today=TODAY)
