"""Registering with the form of an event: one date, one person, nothing lost, nobody kept out."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from agenda.models import Registration
from agenda.models.registrations import State
from agenda.registration.form import RegistrationForm
from territories.models import OutgoingMail
from territories.plugins.switching import switch_off

from .conftest import ADDRESS, words

pytestmark = pytest.mark.django_db


def test_a_registration_is_kept_confirmed_and_shown_without_a_name(make, visitor):
    make(capacity=3, to_bring="Un CV")
    answer = visitor.sends()
    assert answer.status_code == 302
    kept = Registration.objects.get()
    assert (kept.first_name, kept.people, kept.state) == ("Samira", 1, State.REGISTERED)
    assert kept.came is None
    mail = OutgoingMail.objects.get()
    assert mail.to == "samira@example.org"
    for said in ("Atelier", "Un CV", "/agenda/atelier.ics", "/inscriptions/"):
        assert said in mail.text
        assert said in mail.html
    # Nobody can make us mail their own words to somebody else.
    assert "Samira" not in mail.text and "fauteuil" not in mail.text + mail.html
    shown = visitor.asks(answer.url)
    assert "vous êtes inscrit" in words(shown)
    assert "Samira" not in words(shown)
    assert "no-store" in shown["Cache-Control"]


def test_a_telephone_is_enough_and_neither_is_not(make, visitor):
    make()
    assert visitor.sends(email="").status_code == 302
    assert not OutgoingMail.objects.exists()
    refused = visitor.sends(email="", phone="", first_name="Louis")
    assert refused.status_code == 422
    assert "Donnez un téléphone ou une adresse e-mail" in words(refused)
    assert Registration.objects.count() == 1


def test_what_is_wrong_is_said_field_by_field_and_nothing_is_lost(make, visitor):
    make()
    answer = visitor.sends(first_name="", phone="12", email="samira@", people="9")
    text = words(answer)
    assert answer.status_code == 422
    for said in ("Écrivez votre prénom", "10 chiffres", "pas complète", "5 personnes au plus"):
        assert said in text, said
    assert "Je viens en fauteuil roulant." in text
    assert 'role="alert"' in text
    assert not Registration.objects.exists()


def test_one_chooses_a_date_among_those_to_come(make, visitor, keys, put):
    event = make(days=(-3, 5, 12), capacity=2)
    put(event, keys(event)[1])
    text = words(visitor.asks())
    assert text.count('name="date"') == 2
    assert "encore 1 place" in text and "encore 2 places" in text
    assert visitor.sends().status_code == 422
    assert visitor.sends(date=keys(event)[0]).status_code == 422
    assert visitor.sends(date=keys(event)[2]).status_code == 302
    assert Registration.objects.last().occurrence_key == keys(event)[2]


def test_a_cycle_is_taken_as_a_whole(make, visitor, put):
    make(days=(5, 12), capacity=1, capacity_is_for="all")
    assert 'type="radio"' not in words(visitor.asks())
    assert visitor.sends().status_code == 302
    assert Registration.objects.get().occurrence_key == ""
    assert "C’est complet" in words(visitor.asks())


def test_a_double_click_is_one_registration_and_one_mail(make, visitor):
    make()
    shown = visitor.asks()
    first, second = visitor.sends(shown=shown), visitor.sends(shown=shown)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url.partition("?")[0] == second.url.partition("?")[0]
    again = visitor.sends(phone="+33639981234", email="", first_name="SAMIRA")
    assert again.status_code == 302
    assert Registration.objects.count() == OutgoingMail.objects.count() == 1


def test_where_it_is_full_another_date_is_proposed_or_a_place_on_the_waiting_list(
    make, visitor, keys, put
):
    event = make(days=(5, 12), capacity=2)
    first, second = keys(event)
    put(event, first, people=2)
    refused = visitor.sends(date=first)
    assert refused.status_code == 422
    assert "C’est complet à cette date. Il y a de la place le" in words(refused)
    assert "Je viens en fauteuil roulant." in words(refused)
    too_many = visitor.sends(date=second, people="3")
    assert "il en reste 2" in words(too_many)
    waits = visitor.sends(date=first, waits="on")
    assert waits.status_code == 302
    assert Registration.objects.last().state == State.WAITING
    assert "liste d’attente" in OutgoingMail.objects.get().text
    assert "Vous êtes sur la liste d’attente" in words(visitor.asks(waits.url))


def test_the_form_refused_for_lack_of_room_can_be_sent_again(make, visitor, put):
    event = make(capacity=1)
    shown = visitor.asks()
    put(event)
    refused = visitor.sends(shown=shown)
    assert refused.status_code == 422
    visitor.opened_at += timedelta(seconds=40)
    assert visitor.sends(shown=refused, waits="on", after=timedelta(minutes=1)).status_code == 302


def test_it_closes_before_the_date_and_gives_back_what_was_typed(make, visitor):
    make(days=(1,), closes_hours_before=48)
    closed = visitor.asks()
    assert closed.status_code == 200 and "Les inscriptions sont closes" in words(closed)
    make(days=(3,), closes_hours_before=48, slug="autre")
    address = "/agenda/autre/inscription/"
    shown = visitor.asks(address)
    late = visitor.sends(address, shown=shown, after=timedelta(hours=23))
    assert late.status_code == 302
    visitor.opened_at += timedelta(hours=25)
    late = visitor.sends(address, shown=shown, first_name="Louis")
    assert late.status_code == 422 and "Louis" in words(late)
    assert Registration.objects.count() == 1


def test_there_is_no_form_where_none_is_wanted(make, visitor, alpha):
    make(registration_is_open=False)
    assert visitor.asks().status_code == 404
    make(slug="annule", status="cancelled")
    assert "closes" in words(visitor.asks("/agenda/annule/inscription/"))
    make(slug="brouillon", published=False)
    assert visitor.asks("/agenda/brouillon/inscription/").status_code == 404
    make(slug="ferme")
    switch_off(territory=alpha, plugin="agenda")
    assert visitor.asks("/agenda/ferme/inscription/").status_code == 404


def test_machines_are_kept_out(make, visitor, monkeypatch):
    make()
    assert visitor.sends(after=timedelta(seconds=1)).status_code == 422
    assert visitor.sends(your_url="http://spam.example").status_code == 422
    assert visitor.sends(note="https://spam.example").status_code == 422
    assert not Registration.objects.exists()
    cache.clear()
    monkeypatch.setattr(RegistrationForm, "sent_at_most", 2)
    for number in range(2):
        assert visitor.sends(first_name=f"Ali {number}", email="").status_code == 302
    assert visitor.sends(first_name="Zoé").status_code == 429


def test_it_answers_in_the_language_of_its_address(make, visitor):
    make()
    answer = visitor.sends(f"/ar{ADDRESS}")
    assert answer.status_code == 302 and answer.url.startswith("/ar/")
    assert Registration.objects.get().language == "ar"
    assert 'dir="rtl"' in OutgoingMail.objects.get().html
    assert "2 people</option>" in words(visitor.asks(f"/en{ADDRESS}"))


def test_the_page_of_the_event_leads_to_the_form_and_can_be_kept(make, visitor, put):
    event = make(capacity=2)
    page = visitor.asks("/agenda/atelier/")
    assert "Encore 2 places" in words(page) and ADDRESS in words(page)
    assert "public" in page["Cache-Control"] and not page.cookies
    put(event, people=2)
    text = words(visitor.asks("/agenda/atelier/"))
    assert "Complet" in text and "Aller sur la liste d’attente" in text
