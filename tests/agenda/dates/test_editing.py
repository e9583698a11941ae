"""A coordinator says when in the form of an event, and what is particular to one date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from agenda_factories import local, make_event
from django.core.exceptions import ValidationError
from event_form import ADMIN, add, errors_of, form
from factories import make_member
from filling_forms import words_of

from agenda.dates.fields import DaysField, WeekdaysField
from agenda.models import DateChange, EventDate, EventPage

pytestmark = pytest.mark.django_db
# A Tuesday.
START, END = "2030-12-03 09:30", "2030-12-03 11:30"


@pytest.fixture
def coordinator(alpha, client):
    client.force_login(make_member(alpha, "coordinator"))
    return client


@pytest.fixture
def event(alpha):
    start = local(alpha, 2030, 12, 3, 9, 30)
    dates = [EventDate(start=start, repeat="weekly", until=date(2030, 12, 31))]
    return make_event(alpha, "Café", slug="cafe", dates=dates)


def edit(client, event, *changes, follow=False, **typed):
    """Sends the form of an event as it stands, with its changes and another rule."""
    line = event.dates.get()
    row = {"id": str(line.pk), "start": START, "repeat": "weekly", "until": "2030-12-31"}
    sent = form(row | typed, title="Café", slug="cafe", changes=changes)
    sent["dates-INITIAL_FORMS"] = "1"
    sent["changes-INITIAL_FORMS"] = str(sum(bool(change.get("id")) for change in changes))
    return client.post(f"/admin/pages/{event.pk}/edit/", sent, headers=ADMIN, follow=follow)


def days(event):
    return [one.start.astimezone(event.zone).day for one in event.occurrences.all()]


@pytest.mark.parametrize(
    ("typed", "days_of_december"),
    [
        ({"repeat": "daily", "until": "2030-12-06"}, [3, 4, 5, 6]),
        ({"repeat": "weekly", "weekdays": ["1", "3"], "until": "2030-12-12"}, [3, 5, 10, 12]),
        ({"repeat": "weekly", "interval": "2", "until": "2030-12-31"}, [3, 17, 31]),
        ({"repeat": "list", "days": "17/12/2030, 2030-12-10"}, [3, 10, 17]),
        ({"repeat": "", "interval": ""}, [3]),
    ],
)
def test_each_way_to_repeat_is_typed(alpha, coordinator, typed, days_of_december):
    response = add(coordinator, alpha, form({"start": START, "end": END} | typed))
    assert response.status_code == 302, errors_of(response)
    assert days(EventPage.objects.get()) == days_of_december


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"repeat": "weekly", "weekdays": [0]}, "Quels jours : cochez aussi celui du début"),
        ({"repeat": "monthly_last_weekday"}, "ce n’est pas le dernier de son mois"),
        ({"repeat": "weekly", "interval": 0}, "Une fois sur : un nombre à partir de 1."),
        ({"start": datetime(2001, 1, 2, tzinfo=UTC), "repeat": "daily"}, "plus de 2000 fois"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_a_sentence(fields, sentence):
    typed = EventDate(**{"start": datetime(2030, 12, 3, 9, tzinfo=UTC), **fields})
    with pytest.raises(ValidationError) as refused:
        typed.full_clean(exclude=["event"])
    assert sentence in str(refused.value)


def test_a_day_that_is_none_is_named(alpha, coordinator):
    sent = form({"start": START, "repeat": "list", "days": "31/02/2031"})
    assert "« 31/02/2031 » n’est pas une date" in errors_of(add(coordinator, alpha, sent))


def test_the_form_says_the_rule_and_offers_its_dates(coordinator, event):
    response = coordinator.get(f"/admin/pages/{event.pk}/edit/", headers=ADMIN)
    words = words_of(response).replace("\xa0", " ")
    assert "Tous les mardis jusqu’au 31 décembre 2030 à 9 h 30" in words
    assert "les 3, 10, 17 et 24 décembre 2030" in words
    lines = response.context["form"].formsets["changes"]
    offered = [words for _value, words in lines.empty_form.fields["original"].choices]
    assert offered[:2] == ["Choisissez la date", "Mardi 3 décembre 2030 à 9 h 30"]
    assert len(offered) == 1 + 5
    assert "agenda/dates.js" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (WeekdaysField(), "lundi"),
        (WeekdaysField(), [7]),
        (DaysField(), ["demain"]),
        (DaysField(), ["9999-12-31"]),
        (DaysField(), [date.fromordinal(730_000 + day).isoformat() for day in range(401)]),
        (DaysField(), None),
    ],
)
def test_an_archive_brings_no_day_that_cannot_be(field, value):
    with pytest.raises(ValidationError):
        field.to_python(value)


def test_one_date_is_cancelled_another_moved_and_one_added(coordinator, event):
    at = [one.start.isoformat() for one in event.occurrences.all()]
    response = edit(
        coordinator,
        event,
        {"kind": "cancelled", "original": at[2], "note": "Jour férié"},
        {"kind": "moved", "original": at[3], "start": "2030-12-26 14:00"},
        {"kind": "added", "start": "2030-12-05 18:00", "end": "2030-12-05 19:00"},
    )
    assert response.status_code == 302, errors_of(response)
    assert days(event) == [3, 5, 10, 17, 26, 31]
    cancelled = event.occurrences.get(status="cancelled")
    assert (cancelled.start.isoformat(), cancelled.note) == (at[2], "Jour férié")
    moved = event.occurrences.exclude(original=cancelled.original).get(key__endswith="20301224")
    assert moved.start == datetime(2030, 12, 26, 13, tzinfo=UTC)


AT = datetime(2030, 12, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "cancelled"}, "La date : choisissez celle qui change."),
        ({"kind": "moved", "original": AT}, "Nouveau début : donnez le jour et l’heure."),
        ({"kind": "note", "original": AT}, "Précision : écrivez-la"),
        ({"kind": "added"}, "Nouveau début : donnez le jour"),
        ({"kind": "added", "start": AT, "end": AT}, "Nouvelle fin : elle doit venir après"),
        ({"kind": "added", "start": AT.replace(year=2999)}, "Nouveau début : vérifiez l’année."),
    ],
)
def test_a_change_that_says_too_little_is_refused(fields, sentence):
    with pytest.raises(ValidationError, match=sentence):
        DateChange(**fields).clean()


def test_a_date_that_is_in_no_list_is_refused(coordinator, event):
    change = {"kind": "cancelled", "original": "demain"}
    assert "La date : choisissez-la" in errors_of(edit(coordinator, event, change))
    assert not DateChange.objects.exists()


def test_two_changes_of_one_date_are_refused(coordinator, event):
    at = event.occurrences.first().start.isoformat()
    twice = [{"kind": "cancelled", "original": at}, {"kind": "full", "original": at}]
    assert "elle change déjà plus haut" in errors_of(edit(coordinator, event, *twice))


def test_a_change_whose_date_is_no_more_is_kept_and_the_editor_is_told(coordinator, event):
    second = event.occurrences.all()[1].start
    event.changes = [DateChange(kind="cancelled", original=second)]
    event.save_revision().publish()
    row = {
        "id": str(DateChange.objects.get().pk),
        "kind": "cancelled",
        "original": second.isoformat(),
    }
    response = edit(coordinator, event, row, start="2030-12-04 09:30", follow=True)
    assert "ne donne plus le mardi 10 décembre à 9 h 30" in words_of(response).replace("\xa0", " ")
    assert DateChange.objects.get().original == second
    form_again = coordinator.get(f"/admin/pages/{event.pk}/edit/", headers=ADMIN)
    assert "n’est plus dans « Quand »" in words_of(form_again).replace("\xa0", " ")
    assert not event.occurrences.filter(status="cancelled").exists()


def test_an_action_needs_its_days_and_no_date(alpha, coordinator):
    empty = {"start": "", "end": ""}
    sent = form(empty, is_action="on", runs_from="2030-09-01", runs_until="2031-09-15")
    assert "elle dure un an au plus" in errors_of(add(coordinator, alpha, sent))
    sent |= {"runs_until": "2031-08-31"}
    response = add(coordinator, alpha, sent)
    assert response.status_code == 302, errors_of(response)
    occurrence = EventPage.objects.get().occurrences.get()
    assert occurrence.is_period and occurrence.end - occurrence.start == timedelta(days=365)
