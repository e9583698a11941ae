from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_member
from smtp_server import MailServer

from newsletter.models import Copy, NewsletterPage, Sending, Subscriber
from newsletter.sending import slices
from newsletter.sending.deciding import schedule


@pytest.fixture
def mail(settings):
    """A real mail server; letters of every territory go there."""
    with MailServer() as server:
        settings.LETTERS_URL = f"smtp://127.0.0.1:{server.port}"
        settings.LETTERS_TIMEOUT = 2
        yield server


@pytest.fixture
def letter(territory, make_letter) -> NewsletterPage:
    body = [("text", {"text": "<p>Un atelier, un forum, et du café.</p>"})]
    return make_letter(territory, "La lettre du lundi", subject="Ce qui vient", body=body)


@pytest.fixture
def sender(territory):
    return make_member(territory, "coordinator", username="alpha-envoi")


@pytest.fixture
def make_readers(territory):
    def make(*names: str, **fields) -> list[Subscriber]:
        fields = {"territory": territory, "state": "active", **fields}
        return [Subscriber.objects.create(email=f"{name}@example.org", **fields) for name in names]

    return make


@pytest.fixture
def send(letter, sender):
    """Ask for the letter to leave now, and let a worker do one slice."""

    def ask(**fields) -> Sending:
        sending = schedule(letter=letter, asked_by=sender, **fields)
        return go_on(sending)

    return ask


def go_on(sending: Sending) -> Sending:
    """One slice, as the worker does it."""
    sending.refresh_from_db()
    if not sending.holder:
        slices.queue(sending.pk)
        sending.refresh_from_db()
    slices.send(sending.pk, sending.holder)
    sending.refresh_from_db()
    return sending


def lapse(sending: Sending) -> None:
    """Whoever held it is dead, and has been for a while."""
    past = timezone.now() - timedelta(seconds=1)
    Sending.objects.filter(pk=sending.pk).update(held_until=past)


def states(sending: Sending) -> dict[str, str]:
    """What became of each reader's copy."""
    rows = Copy.objects.filter(sending=sending).values_list("subscriber__email", "state")
    return {(email or "erased").partition("@")[0]: state for email, state in rows}
