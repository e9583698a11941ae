"""What this agenda gives to calendars comes back into an agenda as it was."""

from datetime import date

import pytest
from agenda_factories import local, make_event

from agenda.importing import import_events
from agenda.models import DateChange, EventDate, EventPage, Occurrence

pytestmark = pytest.mark.django_db


def occurrences(territory):
    found = Occurrence.objects.filter(event__territory=territory)
    return set(found.values_list("start", "end", "status", "is_all_day", "key", "note"))


def test_the_same_events_take_place_at_the_same_times(alpha, beta, get):
    def at(*when):
        return local(alpha, *when)

    weekly = make_event(
        alpha,
        "Café emploi",
        dates=[
            EventDate(
                start=at(2027, 1, 5, 9, 30),
                end=at(2027, 1, 5, 11, 30),
                repeat="weekly",
                weekdays=[1, 3],
                until=date(2027, 5, 30),
            )
        ],
    )
    first = at(2027, 1, 14, 9, 30)
    weekly.changes = [
        DateChange(kind="cancelled", original=at(2027, 1, 12, 9, 30), note="vacances"),
        DateChange(kind="moved", original=first, start=at(2027, 1, 15, 14)),
        DateChange(kind="full", original=at(2027, 1, 19, 9, 30)),
        DateChange(kind="note", original=at(2027, 1, 21, 9, 30), note="salle 2"),
        DateChange(kind="added", start=at(2027, 2, 6, 10), end=at(2027, 2, 6, 11), note="en plus"),
    ]
    weekly.save_revision().publish()
    listed = EventDate(
        start=at(2027, 3, 1, 9),
        end=at(2027, 3, 1, 10),
        repeat="list",
        days=["2027-03-05", "2027-04-01"],
    )
    make_event(alpha, "Ateliers", dates=[listed, EventDate(start=at(2027, 6, 1, 9))])
    night = EventDate(start=at(2027, 3, 20, 22), end=at(2027, 3, 21, 5), repeat="weekly")
    make_event(alpha, "Nuit du travail", dates=[night], status="full")
    days = EventDate(start=at(2027, 3, 1), end=at(2027, 3, 3), is_all_day=True)
    make_event(alpha, "Forum", dates=[days], status="cancelled")
    content = get("/agenda/calendrier.ics").encode()
    import_events(territory=beta, content=content, publish=True)
    assert occurrences(beta) == occurrences(alpha)
    for territory in (alpha, beta):
        events = EventPage.objects.filter(territory=territory).order_by("title")
        assert list(events.values_list("title", "status", "summary")) == [
            ("Ateliers", "scheduled", "On se rencontre."),
            ("Café emploi", "scheduled", "On se rencontre."),
            ("Forum", "cancelled", "On se rencontre."),
            ("Nuit du travail", "full", "On se rencontre."),
        ]
