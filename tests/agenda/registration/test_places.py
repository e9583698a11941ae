"""Places left: counted, said wherever the event is shown, given to who waits, told to who comes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_member

from agenda.archive import PARTS
from agenda.models import Registration
from agenda.models.registrations import State
from agenda.registration.places import left_by_occurrence, left_words
from agenda.registration.registering import (
    cancel_registration,
    delete_registration,
    erase_registrations,
    forget_old_registrations,
)
from agenda.registration.telling import announce_registrations, cancel_url
from territories.models import OutgoingMail
from territories.pages.deletion import deletion_refusal

from .conftest import words

pytestmark = pytest.mark.django_db


class TestLeft:
    def test_each_date_has_places_of_its_own_and_a_cycle_has_them_once(self, make, keys, put):
        each = make(days=(5, 12), capacity=4)
        whole = make(days=(5, 12), capacity=4, capacity_is_for="all", slug="cycle")
        free = make(slug="libre")
        first, second = keys(each)
        put(each, first, people=3)
        put(each, first, people=2, state=State.WAITING)
        put(each, second, people=1, state=State.CANCELLED)
        Registration.objects.filter(pk=put(whole, people=5).pk).update(occurrence_key="")
        asked = [(each, first), (each, second), (whole, keys(whole)[1]), (free, keys(free)[0])]
        with CaptureQueriesContext(connection) as captured:
            left = left_by_occurrence(asked)
        assert len(captured) == 1
        assert left == {(each.pk, first): 1, (each.pk, second): 4, (whole.pk, keys(whole)[1]): 0}
        assert left_by_occurrence([(free, "")]) == {}
        assert [left_words(number) for number in (None, 0, 1, 3)] == [
            *("", "Complet", "Encore 1 place", "Encore 3 places")
        ]

    def test_lists_and_structured_data_say_that_it_is_full_in_the_same_number_of_queries(
        self, make, visitor, put
    ):
        def look(address):
            visitor.asks(address)
            with CaptureQueriesContext(connection) as captured:
                text = words(visitor.asks(address))
            return text, len(captured)

        event = make(capacity=2)
        before = {address: look(address) for address in ("/agenda/", "/agenda/atelier/")}
        assert "Complet" not in before["/agenda/"][0]
        put(event, people=2)
        for number in range(4):
            put(make(slug=f"autre-{number}", capacity=1))
        for address, (_text, cost) in before.items():
            text, cost_now = look(address)
            assert "Complet" in text
            assert cost_now == cost <= (18 if address == "/agenda/" else 15)
        assert "schema.org/SoldOut" in look("/agenda/atelier/")[0]


class TestFreed:
    def test_a_place_given_back_goes_to_the_first_whose_number_fits_by_mail(self, make, put):
        event = make(capacity=2)
        comes = put(event, people=2)
        many = put(event, people=3, state=State.WAITING, known_status="waiting")
        first = put(event, email="a@example.org", state=State.WAITING, known_status="waiting")
        second = put(event, state=State.WAITING, known_status="waiting")
        third = put(event, email="c@example.org", state=State.WAITING, known_status="waiting")
        cancel_registration(registration=comes)
        cancel_registration(registration=comes)
        states = dict(Registration.objects.values_list("pk", "state"))
        assert states[first.pk] == states[second.pk] == State.REGISTERED
        assert states[many.pk] == states[third.pk] == State.WAITING
        mail = OutgoingMail.objects.get()
        assert mail.to == "a@example.org" and "elle est à vous" in mail.text
        # Without an e-mail, somebody has to call.
        assert Registration.objects.get(pk=second.pk).known_status == "waiting"

    def test_a_larger_room_serves_who_waits_and_a_closed_form_nobody(self, make, put):
        event = make(capacity=1)
        put(event)
        waits = put(event, email="a@example.org", state=State.WAITING)
        event.capacity = 2
        event.save_revision().publish()
        assert Registration.objects.get(pk=waits.pk).state == State.REGISTERED
        again = put(event, email="b@example.org", state=State.WAITING)
        event.status = "cancelled"
        event.save_revision().publish()
        cancel_registration(registration=Registration.objects.get(pk=waits.pk))
        assert Registration.objects.get(pk=again.pk).state == State.WAITING

    def test_the_link_of_the_mail_gives_the_place_back_once(self, make, put, visitor):
        one = put(make(capacity=1), email="a@example.org")
        address = cancel_url(one).partition("alpha.localhost")[2]
        assert visitor.asks(address, host="beta.localhost").status_code == 404
        shown = visitor.asks(address)
        assert "Vous ne venez plus" in words(shown) and "no-store" in shown["Cache-Control"]
        assert Registration.objects.get().state == State.REGISTERED
        done = visitor.sends(address, shown=shown)
        assert done.status_code == 200 and "est annulée" in words(done)
        assert Registration.objects.get().state == State.CANCELLED
        assert visitor.sends(address, shown=shown).status_code == 410
        assert visitor.asks("/inscriptions/invente/").status_code == 404


class TestTold:
    def test_who_follows_an_event_gets_one_mail_for_many_and_no_name(self, make, put):
        event = make(capacity=9)
        for _number in range(3):
            put(event, people=2, note="secret")
        assert announce_registrations() == 1
        mail = OutgoingMail.objects.get()
        assert mail.to == "bonjour@alpha.example"
        assert "3 nouvelles inscriptions" in mail.text and "6 personnes" in mail.text
        assert "Ali" not in mail.text and "secret" not in mail.text
        assert announce_registrations() == 0
        event.registration_email = "accueil@alpha.example"
        event.save_revision().publish()
        put(event)
        announce_registrations()
        assert OutgoingMail.objects.last().to == "accueil@alpha.example"


class TestTime:
    def test_names_go_six_months_after_the_date_and_with_their_territory(
        self, make, put, keys, alpha, beta
    ):
        event = make(days=(5, 100))
        _first, last = (put(event, key) for key in keys(event))
        whole = put(event)
        Registration.objects.filter(pk=whole.pk).update(occurrence_key="")
        with time_machine.travel(timezone.now() + timedelta(days=5 + 184)):
            assert forget_old_registrations() == 1
        assert set(Registration.objects.all()) == {last, whole}
        theirs = put(make(territory=beta))
        [part] = PARTS
        assert part.stays and list(part.export(alpha)) == []
        assert erase_registrations(alpha) == 2
        assert Registration.objects.get() == theirs

    def test_an_event_that_people_registered_for_is_not_deleted_without_a_word(
        self, make, put, alpha
    ):
        event = make()
        one = put(event, first_name="Samira")
        refusal = deletion_refusal(event)
        assert "sert encore" in refusal and "Samira" not in refusal
        delete_registration(registration=one, deleted_by=make_member(alpha))
        assert deletion_refusal(event) == ""
