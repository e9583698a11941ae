"""Addresses whose letters come back stop, and those that only stumble do not."""

from datetime import timedelta
from io import BytesIO, StringIO, TextIOWrapper

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_page

from newsletter.bounces.addresses import return_address
from newsletter.bounces.reading import Kind
from newsletter.bounces.recording import receive, record_refusal
from newsletter.models import (
    Copy,
    CopyState,
    NewsletterIndexPage,
    NewsletterPage,
    Objection,
    Sending,
    SubscriberState,
)
from newsletter.subscribing.addresses import leave_address
from newsletter.subscribing.leaving import leave

from .samples import feedback, postfix

pytestmark = pytest.mark.django_db


def state(reader):
    reader.refresh_from_db()
    return reader.state


def letter_leaves(reader, title):
    index = NewsletterIndexPage.objects.in_territory(reader.territory).records().get()
    letter = make_page(index, NewsletterPage(title=title))
    sending = Sending.objects.create(letter=letter, territory=reader.territory)
    Copy.objects.create(
        sending=sending,
        subscriber=reader,
        language="fr",
        state=CopyState.SENT,
        done_at=timezone.now(),
    )


def test_an_address_that_does_not_exist_stops_at_once(reader):
    assert receive(postfix(return_address(reader.key))) == Kind.BOUNCE
    assert state(reader) == SubscriberState.STOPPED
    assert "550 5.1.1" in reader.reason
    # An address that comes to life may be written in a file again: it did not ask to leave.
    assert not Objection.objects.exists()


def test_a_full_mailbox_stops_after_three_letters_in_a_row(reader):
    full = postfix(return_address(reader.key), status="4.2.2")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for month in range(3):
            assert state(reader) == SubscriberState.ACTIVE
            clock.shift(timedelta(days=30))
            letter_leaves(reader, f"Lettre {month}")
            clock.shift(timedelta(hours=1))
            receive(full)
            # A second report about the same letter.
            receive(full)
    assert state(reader) == SubscriberState.STOPPED


def test_a_letter_that_arrives_between_two_begins_the_count_again(reader):
    full = postfix(return_address(reader.key), status="4.2.2")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for month in range(8):
            clock.shift(timedelta(days=30))
            letter_leaves(reader, f"Lettre {month}")
            clock.shift(timedelta(hours=1))
            if month % 2:
                receive(full)
    assert state(reader) == SubscriberState.ACTIVE


def test_a_complaint_stops_at_once_and_no_file_brings_it_back(reader):
    url = leave_address(reader.territory, reader.key, "fr")
    assert receive(feedback(url)) == Kind.COMPLAINT
    assert state(reader) == SubscriberState.STOPPED
    assert "indésirable" in reader.reason
    assert Objection.objects.count() == 1


def test_who_left_has_left_whatever_comes_back(reader):
    leave(reader)
    receive(postfix(return_address(reader.key)))
    receive(feedback(leave_address(reader.territory, reader.key, "fr")))
    assert state(reader) == SubscriberState.LEFT


@pytest.mark.parametrize(
    ("code", "answer", "stops"),
    [
        (550, "5.1.1 <samira@example.org>: Recipient address rejected", True),
        (550, "No such user here", True),
        (554, "5.7.1 Service unavailable; client host blocked", False),
        (550, "Rejected for policy reasons", False),
    ],
)
def test_a_refusal_while_a_letter_is_given_stops_only_an_address_that_is_none(
    reader, code, answer, stops
):
    record_refusal(reader, code=code, answer=answer)
    assert (state(reader) == SubscriberState.STOPPED) is stops


def test_three_refusals_in_a_row_stop(reader):
    for _letter in range(3):
        record_refusal(reader, code=554, answer="5.7.1 blocked")
    assert state(reader) == SubscriberState.STOPPED


def test_a_letter_that_is_taken_between_two_refusals_begins_the_count_again(reader):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for month in range(6):
            clock.shift(timedelta(days=30))
            if month % 3 == 2:
                letter_leaves(reader, f"Lettre {month}")
            else:
                record_refusal(reader, code=554, answer="5.7.1 blocked")
    assert state(reader) == SubscriberState.ACTIVE


def test_what_is_about_nobody_changes_nothing(reader):
    assert receive(postfix("rebonds@example.fr")) == Kind.NOTHING
    assert state(reader) == SubscriberState.ACTIVE


def test_a_message_on_the_standard_input_is_read(reader, monkeypatch):
    content = BytesIO(postfix(return_address(reader.key)))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(content))
    out = StringIO()
    call_command("read_bounces", stdout=out)
    assert out.getvalue().strip() == "1 bounce"
    assert state(reader) == SubscriberState.STOPPED


def test_a_maildir_is_read_once(reader, tmp_path):
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(postfix(return_address(reader.key)))
    (tmp_path / "new" / "2").write_bytes(b"\x00\xff nothing")
    first, second = StringIO(), StringIO()
    call_command("read_bounces", str(tmp_path), stdout=first)
    call_command("read_bounces", str(tmp_path), stdout=second)
    assert first.getvalue().strip() == "1 bounce, 1 nothing"
    assert second.getvalue().strip() == "nothing to read"
    with pytest.raises(CommandError, match="no maildir"):
        call_command("read_bounces", str(tmp_path / "new"))
