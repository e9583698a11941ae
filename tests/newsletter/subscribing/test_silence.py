"""Who gives no sign is asked once, and erased when they do not answer."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from newsletter.models import Objection, Subscriber, SubscriberState
from newsletter.subscribing import silence
from newsletter.subscribing.leaving import leave
from newsletter.subscribing.silence import SILENCE, TO_ANSWER, ask_the_silent, erase_the_silent
from territories.models import OutgoingMail
from territories.plugins.switching import switch_off

from .conftest import link_in_mail, page_of

pytestmark = pytest.mark.django_db
LATER = SILENCE + timedelta(days=1)


@pytest.fixture
def silent(alpha, make_reader):
    return make_reader(alpha, seen_at=timezone.now() - LATER)


def test_who_gave_no_sign_is_asked_once(silent, alpha, make_reader):
    make_reader(alpha, "new@example.org")
    assert (ask_the_silent(), ask_the_silent()) == (1, 0)
    mail = OutgoingMail.objects.get()
    assert mail.to == silent.email and "Voulez-vous encore nos messages" in mail.subject


def test_who_answers_stays(visitor, silent):
    ask_the_silent()
    link = link_in_mail(silent.email, "rester")
    # Opened by a mail program, that is no answer.
    visitor.opens(link)
    silent.refresh_from_db()
    assert silent.asked_at
    visitor.presses(link)
    silent.refresh_from_db()
    assert silent.asked_at is None
    with time_machine.travel(timezone.now() + TO_ANSWER + timedelta(days=1)):
        assert (ask_the_silent(), erase_the_silent()) == (0, 0)


def test_a_choice_is_a_sign(visitor, silent):
    ask_the_silent()
    visitor.presses(page_of(silent), action="save", language="fr", frequency="each")
    silent.refresh_from_db()
    assert silent.asked_at is None


def test_who_does_not_answer_is_erased_and_may_come_back(silent):
    ask_the_silent()
    assert erase_the_silent() == 0
    with time_machine.travel(timezone.now() + TO_ANSWER + timedelta(days=1)):
        assert (erase_the_silent(), erase_the_silent()) == (1, 0)
    assert not Subscriber.objects.exists() and not Objection.objects.exists()


def test_who_left_is_not_written_to_and_is_erased_as_late(silent):
    leave(silent)
    assert ask_the_silent() == 0
    with time_machine.travel(timezone.now() + LATER):
        assert erase_the_silent() == 1
    # And the objection stays.
    assert Objection.objects.count() == 1


def test_a_run_asks_a_bounded_number(silent, alpha, make_reader, monkeypatch):
    make_reader(alpha, "other@example.org", seen_at=timezone.now() - LATER)
    monkeypatch.setattr(silence, "ASKED_AT_MOST", 1)
    assert [ask_the_silent() for _day in range(3)] == [1, 1, 0]


def test_where_the_plugin_is_closed_nobody_is_asked(silent, alpha):
    switch_off(territory=alpha, plugin="newsletter")
    assert ask_the_silent() == 0


def test_who_has_not_confirmed_is_not_asked(silent):
    Subscriber.objects.update(state=SubscriberState.PENDING)
    assert ask_the_silent() == 0
