"""What becomes of a message: kept, told by mail to who answers, ticked off, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from territories.mail.sending import send_mail
from territories.pages.base import SOURCE_LANGUAGE

from .models import MONTHS_KEPT, ContactMessage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

    from .pages import ContactPage


@transaction.atomic
def receive_message(
    *,
    page: ContactPage,
    subject: str,
    text: str,
    language: str,
    name: str = "",
    phone: str = "",
    email: str = "",
) -> ContactMessage:
    """Keep a message, mail it to who answers, and tell the sender that it has arrived.

    What the sender hears holds nothing that was typed: whoever gives somebody else's address
    cannot make us send them their words.
    """
    message = ContactMessage.objects.create(
        territory=page.territory,
        subject=subject,
        text=text,
        language=language,
        name=name,
        phone=phone,
        email=email,
    )
    if recipient := recipient_of(page):
        send_mail(
            territory=page.territory,
            to=recipient,
            subject=subject_of_mail(subject),
            template="territories/contact/mail/message",
            context={"message": message, "url": address_of(message), "months": MONTHS_KEPT},
            reply_to=email,
        )
    if email:
        send_mail(
            territory=page.territory,
            to=email,
            subject=_("Nous avons bien reçu votre message"),
            template="territories/contact/mail/received",
            context={"message": message, "months": MONTHS_KEPT},
            language=language,
        )
    _note(message, "contact.receive", None)
    return message


def subject_of_mail(subject: str) -> str:
    """In French, as the mail: the sender's page may be in another language."""
    with override(SOURCE_LANGUAGE):
        return gettext("Message du site : %(subject)s") % {"subject": subject}


def recipient_of(page: ContactPage) -> str:
    """Where messages are mailed; "" when they wait in the admin alone."""
    if page.record.recipient:
        return page.record.recipient
    return page.territory.contact_email if page.territory else ""


def address_of(message: ContactMessage) -> str:
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return f"{admin}{reverse('contact_messages:read', args=[message.pk])}"


def mark_answered(*, message: ContactMessage, answered_by: User) -> None:
    message.answered_at, message.answered_by = timezone.now(), answered_by
    message.save(update_fields=["answered_at", "answered_by"])
    _note(message, "contact.answer", answered_by)


def mark_waiting(*, message: ContactMessage, changed_by: User) -> None:
    message.answered_at = message.answered_by = None
    message.save(update_fields=["answered_at", "answered_by"])
    _note(message, "contact.reopen", changed_by)


@transaction.atomic
def delete_message(*, message: ContactMessage, deleted_by: User) -> None:
    _note(message, "contact.delete", deleted_by)
    message.delete()


def _note(message: ContactMessage, action: str, user: User | None) -> None:
    # The journal asks for the models, which are not all known when this module is read.
    from territories.audit.recording import record

    record(
        territory=message.territory,
        action=action,
        user=user,
        about=message,
        subject=message.subject,
    )


def forget_old_messages() -> int:
    """Returns how many went."""
    number, _each = ContactMessage.objects.old().delete()
    return number


def erase_messages(territory: Territory) -> int:
    number, _each = ContactMessage.objects.filter(territory=territory).delete()
    return number
