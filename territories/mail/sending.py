"""Transactional mail: an invitation, an answer. One person, one message, now.

`send_mail` writes the message in the caller's transaction; it leaves once that is committed, and
again later when the mail server does not answer (`deliver_waiting`, a scheduled job).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext, override

from .models import OutgoingMail
from .sender import sender_of
from .tasks import deliver_mail

if TYPE_CHECKING:
    from territories.models import Territory

logger = logging.getLogger(__name__)

# Minutes to wait after each failure; then the message is given up: two days and a half.
WAITS = (2, 10, 30, 60, 180, 720, 1440, 1440)
# A worker that dies while sending leaves the message to another one after this long.
SENDING = timedelta(minutes=10)
KEPT_FOR = timedelta(days=90)


def send_mail(
    *,
    territory: Territory | None,
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "fr",
    reply_to: str = "",
    leave_url: str = "",
) -> OutgoingMail:
    """Write a message and hand it over when the transaction commits.

    `template`: a path without its end ("territories/people/invitation"), with a `.txt` and an
    `.html` sibling, which extend `territories/mail/base.txt` and `.html`. `subject` is read in
    `language` when it is lazy. `reply_to`: who gets the answers, when it is not the territory.
    `leave_url`: where a mailbox's own button ends such messages, when they come again and again.
    Raises ValidationError when `to` or `reply_to` is no address.
    """
    validate_email(to)
    if reply_to:
        validate_email(reply_to)
    with override(language):
        name = territory.full_name if territory else gettext("Cités de l’emploi")
        sender = sender_of(territory)
        words = {
            **context,
            "territory": territory,
            "site_name": name,
            "subject": subject,
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
        }
        return hand_over(
            territory=territory,
            to=to,
            sender=sender.from_email,
            reply_to=reply_to or sender.reply_to,
            subject=" ".join(str(subject).split())[:250],
            text=render_to_string(f"{template}.txt", words).strip() + "\n",
            html=render_to_string(f"{template}.html", words),
            leave_url=leave_url,
        )


def hand_over(**written: Any) -> OutgoingMail:
    """Keep a message that is written, to leave when the transaction commits. `written`: the fields
    of OutgoingMail."""
    mail = OutgoingMail.objects.create(next_try_at=timezone.now(), **written)
    transaction.on_commit(partial(deliver_mail.enqueue, mail.pk))
    return mail


def deliver(pk: int) -> bool:
    """Give a message to the mail server, unless it is gone already or somebody else does it.

    Returns whether it was sent. A failure plans the next try; the last one is logged.
    """
    now = timezone.now()
    due = OutgoingMail.objects.filter(pk=pk, sent_at=None, next_try_at__lte=now)
    if not due.update(next_try_at=now + SENDING):
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        message_of(mail).send()
    except (SMTPException, OSError) as error:
        plan_next_try(mail, error)
        return False
    mail.sent_at, mail.next_try_at, mail.error = now, None, ""
    mail.text, mail.html, mail.leave_url = "", "", ""
    mail.tries += 1
    mail.save()
    return True


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers_of(mail),
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def headers_of(mail: OutgoingMail) -> dict[str, str]:
    # RFC 3834: no out-of-office answer to a message that no person wrote.
    headers = {"Auto-Submitted": "auto-generated"}
    if mail.leave_url:
        headers["List-Unsubscribe"] = f"<{mail.leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def plan_next_try(mail: OutgoingMail, error: Exception) -> None:
    mail.error = f"{type(error).__name__}: {error}"[:250]
    # An address that is refused today is refused tomorrow.
    is_last = mail.tries >= len(WAITS) or isinstance(error, SMTPRecipientsRefused)
    mail.next_try_at = None if is_last else timezone.now() + timedelta(minutes=WAITS[mail.tries])
    mail.tries += 1
    mail.save()
    if is_last:
        logger.error("Message %s is given up after %s tries: %s", mail.pk, mail.tries, mail.error)


def deliver_waiting() -> None:
    """What could not leave before. Safe to run beside the worker."""
    due = OutgoingMail.objects.filter(sent_at=None, next_try_at__lte=timezone.now())
    for pk in list(due.order_by("next_try_at").values_list("pk", flat=True)):
        deliver(pk)


def forget_old_mail() -> None:
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
