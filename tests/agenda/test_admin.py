"""A coordinator makes an event with the real form, and finds it on the list, the page, the feed."""

import re
import zoneinfo
from datetime import UTC, date, datetime

import pytest
from agenda_factories import agenda_of, make_actor, make_event
from django.core.exceptions import ValidationError
from event_form import ADMIN, add, errors_of, form
from factories import make_member, make_territory

from agenda.models import AgendaPage, EventDate, EventPage, EventPartner
from territories.pages.homes import homes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(alpha, client):
    client.force_login(make_member(alpha, "coordinator"))
    return client


def test_an_event_made_in_the_admin_is_listed_shown_and_sent(alpha, coordinator, get):
    actor = make_actor(alpha, "Maison de quartier")
    response = add(coordinator, alpha, form(place=str(actor.pk), organiser=str(actor.pk)))
    assert response.status_code == 302, errors_of(response)
    event = EventPage.objects.get()
    assert event.territory == alpha and event.live
    occurrence = event.occurrences.get()
    assert occurrence.start == datetime(2030, 12, 3, 8, 30, tzinfo=UTC)
    coordinator.logout()
    assert "Café rencontre" in get("/agenda/")
    assert "Maison de quartier" in get("/agenda/cafe-rencontre/")
    assert "DTSTART;TZID=Europe/Paris:20301203T093000" in get("/agenda/calendrier.ics")


def test_few_fields_are_enough(alpha, coordinator):
    assert add(coordinator, alpha, form()).status_code == 302
    form_class = EventPage.get_edit_handler().get_form_class()
    fields = form_class.base_fields.items()
    typed = {name for name, field in fields if field.required and field.initial is None}
    assert typed == {"title", "slug", "summary"}


def test_an_unfinished_draft_is_kept(alpha, coordinator):
    sent = form({"start": "", "end": ""}, summary="")
    del sent["action-publish"]
    assert add(coordinator, alpha, sent).status_code == 302
    event = EventPage.objects.get()
    assert not event.live and not event.occurrences.exists()


def test_an_event_without_a_date_is_not_published(alpha, coordinator):
    sent = form()
    sent["dates-TOTAL_FORMS"] = "0"
    assert errors_of(add(coordinator, alpha, sent))
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            {"start": "2030-12-03 09:30", "end": "2030-12-03 08:00"},
            "Fin : elle doit venir après le début.",
        ),
        ({"start": "0203-12-03 09:30"}, "Début : vérifiez l’année."),
        (
            {"start": "2030-12-03 09:30", "repeat": "weekly", "until": "2030-12-01"},
            "Jusqu’au : ce jour doit venir après le début.",
        ),
        (
            {"start": "2030-12-03 09:30", "until": "2030-12-31"},
            "Se répète : choisissez comment",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_in_a_sentence(alpha, coordinator, typed, words):
    assert words in errors_of(add(coordinator, alpha, form(typed)))
    assert not EventPage.objects.exists()


def test_a_long_summary_and_a_nameless_image_are_refused(alpha, coordinator):
    errors = errors_of(add(coordinator, alpha, form(summary="a" * 201)))
    assert "Résumé : 200 caractères au plus" in errors
    event = make_event(alpha, published=False)
    event.image_id = 1
    with pytest.raises(ValidationError, match="Texte de remplacement"):
        event.clean()


@pytest.mark.parametrize("name", ["organiser", "place"])
def test_a_strangers_actor_is_refused(alpha, beta, coordinator, name):
    stranger = make_actor(beta, "Chez beta")
    errors = errors_of(add(coordinator, alpha, form(**{name: str(stranger.pk)})))
    assert "Choisissez un acteur de ce territoire." in errors
    assert not EventPage.objects.exists()


def test_a_strangers_partner_is_refused(alpha, beta, coordinator):
    stranger = make_actor(beta, "Chez beta")
    sent = form(partners=[{"actor": str(stranger.pk)}])
    errors = errors_of(add(coordinator, alpha, sent))
    assert "« Acteur » contient une page d’un autre territoire." in errors
    friend = make_actor(alpha, "Chez alpha")
    assert add(coordinator, alpha, form(partners=[{"actor": str(friend.pk)}])).status_code == 302
    assert EventPartner.objects.get().actor == friend


def test_the_translation_of_an_actor_stands_for_its_record(alpha):
    from wagtail.models import Locale

    actor = make_actor(alpha, "Maison de quartier")
    translation = actor.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.save_revision().publish()
    event = make_event(alpha, place=translation)
    assert event.place == actor


def test_a_coordinator_changes_a_date_and_everybody_sees_it(alpha, coordinator, get):
    event = make_event(alpha, "Café", slug="cafe")
    typed = event.dates.get()
    sent = form(
        {"id": str(typed.pk), "start": "2031-01-07 14:00", "end": ""}, title="Café", slug="cafe"
    )
    sent["dates-INITIAL_FORMS"] = "1"
    response = coordinator.post(f"/admin/pages/{event.pk}/edit/", sent, headers=ADMIN)
    assert response.status_code == 302, errors_of(response)
    occurrence = event.occurrences.get()
    assert occurrence.key == typed.key.hex
    assert occurrence.start == datetime(2031, 1, 7, 13, tzinfo=UTC)
    coordinator.logout()
    assert 'datetime="2031-01-07"' in get("/agenda/")


def test_a_draft_change_is_not_public(alpha, coordinator, get):
    event = make_event(alpha, "Café", slug="cafe")
    before = event.occurrences.get().start
    sent = form({"start": "2031-01-07 14:00"}, title="Autre nom", slug="cafe")
    del sent["action-publish"]
    response = coordinator.post(f"/admin/pages/{event.pk}/edit/", sent, headers=ADMIN)
    assert response.status_code == 302, errors_of(response)
    assert event.occurrences.get().start == before
    coordinator.logout()
    assert "Autre nom" not in get("/agenda/")


def test_hours_are_typed_and_shown_on_the_territorys_clock(client):
    far = make_territory("reunion", plugins=["agenda"])
    far.time_zone = "Indian/Reunion"
    far.save()
    client.force_login(make_member(far, "coordinator"))
    assert add(client, far, form()).status_code == 302
    event = EventPage.objects.get()
    start = event.occurrences.get().start
    assert start == datetime(2030, 12, 3, 9, 30, tzinfo=zoneinfo.ZoneInfo("Indian/Reunion"))
    html = client.get(f"/admin/pages/{event.pk}/edit/", headers=ADMIN).content.decode()
    shown = re.search(r'name="dates-0-start" value="([^"]*)"', html)
    assert shown and shown[1] == "2030-12-03 09:30"


def test_an_editor_of_another_territory_may_neither_add_nor_edit(alpha, beta, client):
    event = make_event(alpha, "Chez alpha")
    client.force_login(make_member(beta, "coordinator"))
    assert add(client, alpha, form()).status_code == 302
    assert EventPage.objects.count() == 1
    response = client.get(f"/admin/pages/{event.pk}/edit/", headers=ADMIN)
    assert response.status_code == 302


def test_the_agenda_keeps_its_address_and_is_made_by_hand_nowhere(alpha, coordinator):
    index = agenda_of(alpha)
    sent = form(title="Rendez-vous", slug="autre", introduction="")
    sent = {name: value for name, value in sent.items() if "dates" not in name}
    coordinator.post(f"/admin/pages/{index.pk}/edit/", sent, headers=ADMIN)
    index.refresh_from_db()
    assert (index.title, index.slug) == ("Rendez-vous", "agenda")
    home = homes_of(alpha)[0]
    response = coordinator.get(f"/admin/pages/add/agenda/agendapage/{home.pk}/", headers=ADMIN)
    assert response.status_code in {302, 403}
    assert AgendaPage.objects.records().filter(territory=alpha).count() == 1


def test_a_copied_event_has_occurrences_of_its_own(alpha):
    event = make_event(alpha, "Café")
    copy = event.copy(update_attrs={"title": "Café bis", "slug": "cafe-bis"})
    assert event.occurrences.count() == copy.occurrences.count() == 1


def test_a_deleted_actor_leaves_its_events(alpha, get):
    actor = make_actor(alpha, "Maison de quartier")
    event = make_event(alpha, "Café", place=actor, organiser=actor)
    actor.delete()
    event.refresh_from_db()
    assert event.place is None
    assert "Café" in get("/agenda/")


def test_the_year_of_a_date_is_checked_by_the_model_too():
    with pytest.raises(ValidationError, match="vérifiez l’année"):
        EventDate(start=datetime(2999, 1, 1, tzinfo=UTC), until=date(2999, 1, 1)).clean()
