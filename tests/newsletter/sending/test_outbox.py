"""The outbox: at most one letter a copy, whoever dies, pauses or comes second."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_content_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.models import Copy, Mention, Sending, Subscriber
from newsletter.sending import deciding, slices
from newsletter.sending.backends.base import Backend, ServerAway
from newsletter.sending.backends.choosing import backend_of
from newsletter.sending.deciding import NotNow
from newsletter.sending.outbox import Outbox, Stopped
from territories.plugins.switching import switch_off

from .conftest import go_on, lapse, states


class Died(BaseException):
    """The process ends here: nothing after this is done."""


class Fake(Backend):
    """Delivers into `given`. `dies`: at which step, of which number, the process ends."""

    def __init__(self) -> None:
        self.given: list[int] = []
        self.dies: tuple[str, int] | None = None
        self.steps = 0

    def step(self, name: str) -> None:
        self.steps += 1
        if self.dies and self.dies[0] == name and self.steps >= self.dies[1]:
            self.dies = None
            raise Died

    def deliver(self, outbox: Outbox) -> None:
        for copy in outbox.waiting():
            self.step("before claim")
            if not outbox.claim([copy]):
                continue
            self.step("claimed")
            self.given.append(copy.pk)
            self.step("given")
            outbox.sent(copy)
            self.step("sent")


@pytest.fixture
def fake(monkeypatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(slices, "backend_of", lambda territory: made)
    return made


@pytest.mark.parametrize(
    ("step", "uncertain", "given"),
    [("before claim", 0, 3), ("claimed", 1, 2), ("given", 1, 3), ("sent", 0, 3)],
)
def test_who_dies_leaves_one_doubt_at_most_and_nothing_is_sent_twice(
    fake, send, make_readers, step, uncertain, given
):
    make_readers("ada", "bob", "eve")
    fake.dies = (step, 4)
    with pytest.raises(Died):
        send()
    sending = Sending.objects.get()
    lapse(sending)
    slices.carry_on()
    sending = go_on(sending)
    assert sending.state == "done"
    assert sending.copies.filter(state="uncertain").count() == uncertain
    assert len(fake.given) == len(set(fake.given)) == given


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from(["before claim", "claimed", "given", "sent"]), st.integers(1, 12)
            ),
            st.sampled_from(["pause", "resume", "leave", "cancel", "lapse"]),
        ),
        max_size=12,
    )
)
def test_whatever_happens_each_copy_leaves_at_most_once(fake, letter, sender, make_readers, acts):
    Subscriber.objects.all().delete()
    Sending.objects.all().delete()
    fake.given, fake.steps, fake.dies = [], 0, None
    make_readers(*"abcde")
    sending = deciding.schedule(letter=letter, asked_by=sender)
    died = 0
    for act in acts:
        sending.refresh_from_db()
        if isinstance(act, tuple):
            fake.steps, fake.dies = 0, act
            try:
                go_on(sending)
            except Died:
                died += 1
            fake.dies = None
        elif act == "lapse":
            lapse(sending)
            slices.carry_on()
        elif act == "leave":
            Subscriber.objects.filter(state="active").order_by("?").first().delete()
        else:
            with suppress(NotNow):
                getattr(deciding, act)(sending, sender)
        if not Subscriber.objects.filter(state="active").exists():
            break
    lapse(sending)
    slices.carry_on()
    sending = go_on(sending)
    assert len(fake.given) == len(set(fake.given))
    found = list(Copy.objects.filter(sending=sending).values_list("state", flat=True))
    assert "claimed" not in found
    assert found.count("uncertain") <= died
    # What is said to have left has.
    assert found.count("sent") <= len(fake.given) <= found.count("sent") + found.count("uncertain")


def test_a_process_that_was_taken_for_dead_claims_nothing_more(fake, send, make_readers, letter):
    make_readers("ada", "bob")
    old: list[Outbox] = []

    def deliver(outbox: Outbox) -> None:
        old.append(outbox)
        copy = next(outbox.waiting())
        outbox.claim([copy])
        raise Died

    fake.deliver = deliver
    with pytest.raises(Died):
        send()
    sending = Sending.objects.get()
    lapse(sending)
    del fake.deliver
    sending = go_on_after_death(sending)
    assert states(sending) == {"ada": "uncertain", "bob": "sent"}
    with pytest.raises(Stopped):
        old[0].claim(list(sending.copies.all()))
    # It had only been slow: what it knows ends the doubt.
    old[0].sent(sending.copies.get(state="uncertain"), "250 at last")
    assert states(sending) == {"ada": "sent", "bob": "sent"}


def go_on_after_death(sending: Sending) -> Sending:
    slices.carry_on()
    return go_on(sending)


def test_what_a_slow_process_knows_does_not_undo_what_somebody_decided(
    fake, send, make_readers, sender
):
    make_readers("ada")
    old: list[Outbox] = []

    def deliver(outbox: Outbox) -> None:
        old.append(outbox)
        outbox.claim([next(outbox.waiting())])
        raise Died

    fake.deliver = deliver
    with pytest.raises(Died):
        send()
    sending = Sending.objects.get()
    lapse(sending)
    del fake.deliver
    sending = go_on_after_death(sending)
    deciding.send_again(sending, sender)
    old[0].refused(sending.copies.get(), "550 no")
    assert states(sending) == {"ada": "waiting"}
    assert states(go_on(sending)) == {"ada": "sent"}


def test_a_pause_is_obeyed_before_the_next_letter(fake, send, make_readers, sender):
    make_readers("ada", "bob", "eve")
    given = fake.given

    class Pausing(list):
        def append(self, pk: int) -> None:
            given.append(pk)
            deciding.pause(Sending.objects.get(), sender)

    fake.given = Pausing()
    sending = send()
    assert sending.state == "paused" and len(given) == 1 and not sending.holder
    assert sorted(states(sending).values()) == ["sent", "waiting", "waiting"]
    fake.given = given
    deciding.resume(sending, sender)
    assert go_on(sending).state == "done" and len(given) == len(set(given)) == 3


def test_a_cancelled_sending_leaves_the_rest_where_it_is(fake, send, make_readers, sender):
    make_readers("ada", "bob")
    fake.dies = ("sent", 1)
    with pytest.raises(Died):
        send()
    sending = Sending.objects.get()
    deciding.cancel(sending, sender)
    lapse(sending)
    slices.carry_on()
    assert sorted(states(sending).values()) == ["dropped", "sent"]
    with pytest.raises(NotNow):
        deciding.resume(sending, sender)


def test_the_doubt_about_a_cancelled_sending_is_told_too(fake, send, make_readers, sender):
    make_readers("ada")
    fake.dies = ("claimed", 1)
    with pytest.raises(Died):
        send()
    sending = Sending.objects.get()
    deciding.cancel(sending, sender)
    lapse(sending)
    sending = go_on_after_death(sending)
    assert states(sending) == {"ada": "uncertain"} and sending.state == "cancelled"
    with pytest.raises(NotNow):
        deciding.send_again(sending, sender)
    assert deciding.consider_sent(sending, sender) == 1
    assert Subscriber.objects.get().last_letter_at


def test_a_doubt_is_settled_one_by_one_or_all(fake, send, make_readers, sender):
    make_readers("ada", "bob", "eve")
    sending = send()
    sending.copies.update(state="uncertain")
    ada, bob, eve = sending.copies.order_by("pk")
    assert deciding.consider_sent(sending, sender, ada.pk) == 1
    assert deciding.send_again(sending, sender, bob.pk) == 1
    sending.refresh_from_db()
    assert sending.state == "sending"
    sending = go_on(sending)
    assert states(sending) == {"ada": "sent", "bob": "sent", "eve": "uncertain"}
    assert fake.given.count(bob.pk) == 2 and fake.given.count(ada.pk) == 1
    assert deciding.send_again(sending, sender) == 1
    assert go_on(sending).state == "done" and fake.given.count(eve.pk) == 2


def test_nothing_leaves_before_its_hour_and_all_of_it_then(fake, letter, sender, make_readers):
    make_readers("ada")
    later = timezone.now() + timedelta(hours=1)
    sending = deciding.schedule(letter=letter, asked_by=sender, begins_at=later)
    slices.carry_on()
    sending.refresh_from_db()
    assert sending.state == "scheduled" and not sending.holder
    Sending.objects.update(begins_at=timezone.now())
    slices.carry_on()
    assert go_on(sending).state == "done" and len(fake.given) == 1


def test_a_letter_is_given_to_its_readers_once(fake, send, make_readers, letter, sender):
    make_readers("ada")
    send()
    with pytest.raises(NotNow):
        deciding.schedule(letter=letter, asked_by=sender)


def test_a_sending_cancelled_before_it_began_may_be_asked_for_again(
    fake, letter, sender, make_readers
):
    make_readers("ada")
    later = timezone.now() + timedelta(hours=1)
    sending = deciding.schedule(letter=letter, asked_by=sender, begins_at=later)
    deciding.cancel(sending, sender)
    again = deciding.schedule(letter=letter, asked_by=sender)
    assert again.pk == sending.pk and go_on(again).state == "done" and len(fake.given) == 1


def test_what_it_says_is_fixed_when_it_starts(fake, letter, send, make_readers):
    make_readers("ada")
    sending = send()
    letter.subject = "Autre chose"
    letter.save_revision().publish()
    assert sending.editions.get().subject == "Ce qui vient"


def test_what_it_tells_of_is_written_down(fake, territory, letter, send, make_readers):
    make_readers("ada")
    told = make_content_page(territory, "Le forum")
    letter.body = [("page_list", {"title": "À lire", "pages": [told]})]
    letter.save_revision().publish()
    Mention.objects.all().delete()
    send()
    assert list(Mention.objects.values_list("page_key", flat=True)) == [told.translation_key]


def test_a_letter_taken_off_line_meanwhile_pauses_and_says_why(fake, letter, sender, make_readers):
    make_readers("ada")
    sending = deciding.schedule(letter=letter, asked_by=sender)
    letter.unpublish()
    sending = go_on(sending)
    assert sending.state == "paused" and "en ligne" in sending.trouble and not fake.given
    letter.save_revision().publish()
    deciding.resume(sending, sender)
    assert go_on(sending).state == "done"


def test_where_letters_are_closed_nothing_leaves(fake, letter, sender, make_readers, territory):
    make_readers("ada")
    sending = deciding.schedule(letter=letter, asked_by=sender)
    switch_off(territory=territory, plugin="newsletter")
    sending = go_on(sending)
    assert sending.state == "paused" and not fake.given


def test_an_error_nobody_thought_of_pauses_with_one_doubt(fake, send, make_readers, caplog):
    make_readers("ada", "bob")

    def deliver(outbox: Outbox) -> None:
        outbox.claim([next(outbox.waiting())])
        raise RuntimeError("oops")

    fake.deliver = deliver
    sending = send()
    assert sending.state == "paused" and "journal" in sending.trouble
    assert states(sending) == {"ada": "uncertain", "bob": "waiting"}
    assert "oops" in caplog.text


def test_a_ticket_serves_once(fake, letter, sender, make_readers):
    make_readers("ada", "bob")
    sending = deciding.schedule(letter=letter, asked_by=sender)
    sending.refresh_from_db()
    ticket = sending.holder
    slices.send(sending.pk, ticket)
    slices.send(sending.pk, ticket)
    assert len(fake.given) == 2


def test_a_server_that_is_away_is_asked_again_by_the_schedule(fake, send, make_readers):
    make_readers("ada")

    def deliver(outbox: Outbox) -> None:
        raise ServerAway("nobody there")

    fake.deliver = deliver
    sending = send()
    assert sending.trouble == "nobody there" and not sending.holder
    del fake.deliver
    slices.carry_on()
    sending = go_on(sending)
    assert sending.state == "done" and not sending.trouble


def test_the_ways_of_sending_are_told_from_their_address(settings, territory):
    for url, kind in [
        ("smtp:", "SmtpBackend"),
        ("smtp+starttls://me:secret@relay.example", "SmtpBackend"),
        ("brevo://key@api.brevo.com", "BrevoBackend"),
        ("mailchimp://key@us1.api.mailchimp.com/abc", "MailchimpBackend"),
        ("export:", "ExportBackend"),
    ]:
        settings.LETTERS_URLS = {"ALPHA": url}
        assert type(backend_of(territory)).__name__ == kind
