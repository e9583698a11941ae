"""What lists, the page and open data say of an event of which one date changed."""

import json
from datetime import datetime, timedelta

import pytest
from agenda_factories import make_event
from django.utils import timezone

from agenda.models import DateChange, EventDate
from agenda.searchable import find_event
from agenda.shortlist import announced
from territories.words import period_words

pytestmark = pytest.mark.django_db


def at(event_or_territory, days, hour=10):
    zone = event_or_territory.zone
    day = timezone.localdate(timezone=zone) + timedelta(days=days)
    return datetime.combine(day, datetime.min.time(), zone).replace(hour=hour)


def make(territory, *changes, count=3):
    """Once a week from tomorrow; `changes`: their kind, the rank of their date and the rest."""
    start = at(territory, 1)
    end, until = start + timedelta(hours=2), (start + timedelta(weeks=count - 1)).date()
    event = make_event(
        territory,
        "Café",
        slug="cafe",
        dates=[EventDate(start=start, end=end, repeat="weekly", until=until)],
    )
    event.changes = [
        DateChange(kind=kind, original=at(territory, 1 + 7 * rank), **fields)
        for kind, rank, fields in changes
    ]
    event.save_revision().publish()
    return event


def plain(html):
    return html.replace("\xa0", " ").replace("\u202f", " ")


def test_the_list_tells_the_next_date_that_is_to_be(alpha, get):
    make(alpha, ("cancelled", 0, {}), ("note", 1, {"note": "En salle 2"}))
    html = plain(get("/agenda/"))
    assert f'datetime="{at(alpha, 8).date()}"' in html and "En salle 2" in html
    assert "Annulé" not in html


def test_the_page_tells_each_date_with_what_it_has_of_its_own(alpha, get):
    moved = at(alpha, 16, hour=15)
    make(
        alpha,
        ("cancelled", 0, {"note": "Jour férié"}),
        ("full", 1, {}),
        ("moved", 2, {"start": moved}),
    )
    html = plain(get("/agenda/cafe/"))
    assert html.count("<del>") == 1 and "Jour férié" in html
    for words in ("Annulé", "Complet", "Déplacé", "Au lieu du", "de 15 h à 17 h"):
        assert words in html
    assert "Ce rendez-vous est annulé." not in html


def test_it_is_open_while_one_date_has_room(alpha, get):
    event = make(alpha, ("full", 0, {}))
    event.registration_link = "https://example.org/venir"
    event.save_revision().publish()
    assert "https://example.org/venir" in get("/agenda/cafe/")
    event.changes = [
        DateChange(kind="full", original=one.original) for one in event.occurrences.all()
    ]
    event.save_revision().publish()
    assert "https://example.org/venir" not in get("/agenda/cafe/")


def test_an_event_whose_dates_are_all_cancelled_shows_it_and_is_announced_no_more(alpha, get):
    event = make(alpha, *[("cancelled", rank, {}) for rank in range(3)])
    assert "Les prochaines dates sont annulées." in get("/agenda/cafe/")
    assert "Annulé" in get("/agenda/")
    assert event not in announced(alpha)
    assert str(find_event(event, event).badges[0].text) == "Annulé"


def test_open_data_gives_the_status_and_the_note_of_each_date(alpha, get):
    make(alpha, ("cancelled", 0, {"note": "Jour férié"}))
    (row,) = json.loads(get("/open-data/evenements.json"))
    assert row["statut"] == "scheduled"
    assert [one["statut"] for one in row["dates"]] == ["cancelled", "scheduled", "scheduled"]
    assert [one["note"] for one in row["dates"]] == ["Jour férié", None, None]
    assert row["debut"] == row["dates"][1]["debut"]


def test_a_change_of_a_past_date_changes_no_past_status(alpha):
    event = make(alpha, count=1)
    event.dates = [EventDate(key=event.dates.get().key, start=at(alpha, -6), repeat="weekly")]
    event.save_revision().publish()
    past = event.occurrences.first()
    event.changes = [DateChange(kind="cancelled", original=past.original, note="Trop tard")]
    event.save_revision().publish()
    past.refresh_from_db()
    assert (past.status, past.note) == ("scheduled", "Trop tard")


def test_an_action_tells_its_first_and_last_days_beside_its_sessions(alpha, get):
    event = make(alpha)
    event.is_action = True
    event.runs_from, event.runs_until = at(alpha, 0).date(), at(alpha, 100).date()
    event.save_revision().publish()
    words = period_words(event.runs_from, event.runs_until)
    assert f"{words[0].upper()}{words[1:]}. Tous les" in plain(get("/agenda/cafe/"))
