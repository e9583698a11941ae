"""`LETTERS_PER_MINUTE`: one pace for all who send by one account, and nobody waits for ever."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from alone import seen_by
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from factories import make_territory

from newsletter.models import Relay, Sending, Subscriber
from newsletter.sending import deciding, slices
from newsletter.sending.backends.choosing import backend_at

from .conftest import go_on

SCRIPT = Path(__file__).with_name("send_together.py")


@pytest.fixture
def clock():
    """Two letters in ten seconds, and a time that stands still until the test moves it."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def both(settings, mail, territory, letter, make_letter, sender, clock):
    """Ask for the letters of two territories that share a mail server, with so many readers."""
    settings.LETTERS_PER_MINUTE = 12

    def ask(*readers: int) -> list[Sending]:
        other = make_territory("beta")
        places = ((territory, letter), (other, make_letter(other)))
        sendings = []
        for (place, one), number in zip(places, readers, strict=True):
            Subscriber.objects.bulk_create(
                Subscriber(territory=place, email=f"{place.slug}-{n}@example.org", state="active")
                for n in range(number)
            )
            sendings.append(deciding.schedule(letter=one, asked_by=sender))
        return sendings

    return ask


def wait(seconds: int, clock, *sendings: Sending) -> None:
    """What workers do in that time: each slice as soon as it may begin."""
    for _second in range(seconds):
        for sending in sendings:
            sending.refresh_from_db()
            if sending.holder and sending.held_until - slices.QUEUED <= timezone.now():
                go_on(sending)
        clock.shift(timedelta(seconds=1))


def whose(mail) -> list[str]:
    return [str(message["To"]).partition("-")[0] for message in mail.got]


def test_two_territories_that_send_at_once_go_no_faster_than_one(both, mail, clock):
    sendings = both(5, 5)
    for letters in (2, 4, 6):
        wait(10, clock, *sendings)
        assert len(mail.got) == letters


def test_each_has_its_turn_whatever_the_other_has_to_send(both, mail, clock):
    long, short = both(20, 3)
    wait(40, clock, long, short)
    assert whose(mail) == ["alpha", "alpha", "beta", "beta", "alpha", "alpha", "beta"]
    short.refresh_from_db()
    assert short.state == "done"
    wait(100, clock, long)
    long.refresh_from_db()
    assert long.state == "done" and mail.delivered.total() == len(mail.delivered) == 23


def test_what_a_slice_does_not_use_of_its_turn_is_free_again(both, mail, clock):
    short, other = both(1, 2)
    wait(1, clock, short)
    wait(4, clock, other)
    assert whose(mail) == ["alpha"]
    wait(2, clock, other)
    assert whose(mail) == ["alpha", "beta", "beta"]


def test_a_slice_that_comes_too_late_sends_in_nobody_elses_turn(both, mail, clock):
    first, second = both(9, 9)
    wait(1, clock, first, second)
    # No worker came for the second, which was to send from the tenth second on.
    clock.shift(timedelta(seconds=25))
    wait(1, clock, first)
    assert whose(mail) == ["alpha"] * 4
    wait(1, clock, second)
    assert whose(mail) == ["alpha"] * 4
    wait(10, clock, second)
    assert whose(mail) == ["alpha"] * 4 + ["beta"] * 2


def test_a_sending_that_is_paused_holds_nobody_up_for_longer_than_its_turn(
    both, mail, clock, sender
):
    first, second = both(9, 9)
    wait(1, clock, first, second)
    deciding.pause(first, sender)
    wait(39, clock, first, second)
    assert whose(mail) == ["alpha"] * 2 + ["beta"] * 6


def test_a_territory_with_a_server_of_its_own_waits_for_nobody(both, mail, clock, settings):
    settings.LETTERS_URLS = {"BETA": f"smtp://localhost:{mail.port}"}
    sendings = both(9, 9)
    wait(1, clock, *sendings)
    assert sorted(whose(mail)) == ["alpha"] * 2 + ["beta"] * 2


def test_whoever_follows_a_sending_sees_when_its_turn_comes(both, clock, client):
    first, second = both(9, 9)
    wait(1, clock, first, second)
    client.force_login(User.objects.create_superuser("national"))
    pages = [
        client.get(reverse("sendings:read", args=[one.pk]), headers={"host": "localhost"})
        for one in (first, second)
    ]
    second.refresh_from_db()
    moment = timezone.localtime(second.turn_at, second.territory.zone)
    words = [page.content.decode() for page in pages]
    assert "tour de rôle" not in words[0]
    assert f"tour de rôle : les prochaines à {moment:%H:%M}." in words[1]


def test_one_who_sends_alone_waits_between_its_slices(both, mail, clock):
    long, _none = both(5, 0)
    wait(1, clock, long)
    long.refresh_from_db()
    # Nobody takes it for dead meanwhile.
    assert len(mail.got) == 2 and long.state == "sending" and long.holder
    assert long.held_until > timezone.now() + timedelta(seconds=8)
    wait(10, clock, long)
    assert len(mail.got) == 4


def test_who_keeps_a_pace_is_the_account_and_the_database_does_not_name_it(both, clock):
    wait(1, clock, *both(1, 1))
    assert backend_at("smtp://me:one@Relay.example").account == "me@relay.example"
    assert backend_at("smtps://me:two@relay.example:4650").account == "me@relay.example"
    # Mailchimp sends by itself.
    assert not backend_at("mailchimp://key@us1.api.mailchimp.com/abc").account
    assert "127.0.0.1" not in Relay.objects.get().account


@pytest.mark.slow
def test_two_workers_who_send_for_two_territories_keep_one_pace(tmp_path):
    came, _errors = seen_by(
        SCRIPT,
        tmp_path,
        DJANGO_SETTINGS_MODULE="portal.settings.development",
        LETTERS_PER_MINUTE="120",
    )
    assert Counter(who for _at, who in came) == {"alpha": 25, "beta": 25}
    # Twenty at once, then two a second, and what a first letter may have been late.
    for number, (at, _who) in enumerate(came):
        assert number < 20 + 2 * (at + 5), came
    assert {who for _at, who in came[:40]} == {"alpha", "beta"}
