"""Transactional mail, against a mail server that listens here and says what it is told to say."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import make_portal, make_territory
from mailbox_server import Mailbox

from territories.mail.sending import WAITS, deliver_waiting, forget_old_mail, send_mail
from territories.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings, tmp_path):
    mailbox = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = mailbox.port
    settings.DEFAULT_FROM_EMAIL = "ne-pas-repondre@cites.example.org"
    settings.TEMPLATES = [
        {**engine, "DIRS": [*engine["DIRS"], tmp_path]} for engine in settings.TEMPLATES
    ]
    for end in ("txt", "html"):
        (tmp_path / f"hello.{end}").write_text(
            f'{{% extends "territories/mail/base.{end}" %}}'
            "{% block body %}{{ words }}{% endblock %}"
        )
    with mailbox:
        yield mailbox


def send(capture, territory=None, **given):
    with capture(execute=True):
        return send_mail(
            **{
                "territory": territory,
                "to": "alix@example.org",
                "subject": "Bonjour",
                "template": "hello",
                "context": {"words": "L’été & l’hiver <b>"},
                **given,
            }
        )


def test_a_message_leaves_in_the_name_of_the_territory(server, django_capture_on_commit_callbacks):
    territory = make_territory("alpha", name="Grand Mirail")
    type(territory).objects.update(contact_email="cite@example.org", contact_phone="05 61 00 00 00")
    territory.refresh_from_db()
    send(django_capture_on_commit_callbacks, territory)
    [message] = server.got
    sender = message["From"].addresses[0]
    assert sender.display_name == "Cité de l’emploi Grand Mirail"
    # The installation's own address: another one would be refused by DMARC.
    assert sender.addr_spec == "ne-pas-repondre@cites.example.org"
    assert message["Reply-To"] == "cite@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content()
    assert "L’été & l’hiver <b>" in text
    assert "05 61 00 00 00" in text
    assert "L’été &amp; l’hiver &lt;b&gt;" in message.get_body(("html",)).get_content()


def test_a_territory_says_who_sends_its_messages(server, django_capture_on_commit_callbacks):
    territory = make_territory("alpha")
    type(territory).objects.update(
        contact_email="cite@example.org",
        sender_name="Nadia,\r\nd’Alpha",
        sender_email="nadia@example.org",
    )
    territory.refresh_from_db()
    send(django_capture_on_commit_callbacks, territory)
    [message] = server.got
    assert message["From"].addresses[0].display_name == "Nadia, d’Alpha"
    assert message["From"].addresses[0].addr_spec == "ne-pas-repondre@cites.example.org"
    assert message["Reply-To"] == "nadia@example.org"


def test_nothing_leaves_when_the_transaction_does_not_commit(server):
    make_portal()
    # No callback runs: as in a request that fails after it.
    send_mail(
        territory=None,
        to="alix@example.org",
        subject="Bonjour",
        template="hello",
        context={"words": ""},
    )
    assert server.got == []


def test_a_message_waits_for_a_mail_server_that_does_not_answer(
    server, settings, django_capture_on_commit_callbacks
):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    mail = send(django_capture_on_commit_callbacks)
    mail.refresh_from_db()
    assert (mail.tries, mail.sent_at) == (1, None)
    assert mail.error
    settings.EMAIL_PORT = port
    deliver_waiting()
    assert server.got == []
    with time_machine.travel(timezone.now() + timedelta(minutes=WAITS[0] + 1)):
        deliver_waiting()
        deliver_waiting()
    assert len(server.got) == 1
    mail.refresh_from_db()
    assert mail.sent_at
    # What it said is nobody's business any more.
    assert (mail.text, mail.html) == ("", "")


def test_an_address_that_the_server_refuses_is_given_up_at_once(
    server, django_capture_on_commit_callbacks
):
    server.answer = "550 No such user"
    mail = send(django_capture_on_commit_callbacks)
    mail.refresh_from_db()
    assert (mail.tries, mail.next_try_at) == (1, None)
    assert "550" in mail.error


def test_a_message_is_given_up_after_the_last_wait(
    server, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_PORT = 1
    mail = send(django_capture_on_commit_callbacks)
    for _try in range(len(WAITS) + 2):
        OutgoingMail.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
        deliver_waiting()
    mail.refresh_from_db()
    assert (mail.tries, mail.next_try_at) == (len(WAITS) + 1, None)


def test_two_workers_send_a_message_once(server, django_capture_on_commit_callbacks):
    mail = send(django_capture_on_commit_callbacks)
    # The other one is at it, or died a moment ago.
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=None, next_try_at=timezone.now() + timedelta(minutes=5)
    )
    deliver_waiting()
    assert len(server.got) == 1


def test_a_subject_cannot_smuggle_a_header(server, django_capture_on_commit_callbacks):
    send(django_capture_on_commit_callbacks, subject="Bonjour\r\nBcc: tous@example.org")
    [message] = server.got
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: tous@example.org"


def test_what_is_no_address_is_refused_before_anything_is_written(server):
    with pytest.raises(ValidationError):
        send_mail(
            territory=None, to="alix@", subject="Bonjour", template="hello", context={"words": ""}
        )
    assert not OutgoingMail.objects.exists()


def test_messages_are_forgotten_after_three_months(server, django_capture_on_commit_callbacks):
    send(django_capture_on_commit_callbacks)
    forget_old_mail()
    assert OutgoingMail.objects.count() == 1
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=91))
    forget_old_mail()
    assert not OutgoingMail.objects.exists()
