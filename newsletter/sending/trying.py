"""A letter to oneself before it leaves, and the same as files for another tool."""

from __future__ import annotations

from collections.abc import Collection
from email.policy import compat32
from typing import TYPE_CHECKING

from django.core.mail.message import sanitize_address
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsletter.models import Edition, NewsletterPage
from newsletter.rendering.letter import render_letter
from territories.audit.recording import record
from territories.mail.sending import hand_over

from .message import letter_message

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def try_letter(*, letter: NewsletterPage, to: Collection[str], by: User) -> None:
    """`letter`: as it is to be read, a draft too. No reader's links: nobody leaves by them. Goes
    with the other messages of the site, whatever carries the letters. Raises BrokenLetter."""
    found = render_letter(letter)
    with override(letter.locale.language_code):
        subject = _("[Essai] %(subject)s") % {"subject": found.subject}
    for address in to:
        hand_over(
            territory=letter.territory,
            to=address,
            sender=found.sender.from_email,
            reply_to=found.sender.reply_to,
            subject=subject[:250],
            text=found.text,
            html=found.html,
        )
    record(territory=letter.territory, action="sending.try", user=by, about=letter, number=len(to))


# Kind of file: its type, and the end of its name.
FILES = {"html": "text/html", "txt": "text/plain", "eml": "message/rfc822"}


def file_of(letter: NewsletterPage, kind: str) -> bytes:
    """The letter without any reader's links, to be sent by another tool. Raises BrokenLetter."""
    found = render_letter(letter)
    if kind == "html":
        return found.html.encode()
    if kind == "txt":
        return found.text.encode()
    edition = Edition(
        language=letter.locale.language_code,
        subject=found.subject,
        html=found.html,
        text=found.text,
    )
    message = letter_message(edition)
    message["From"] = sanitize_address(found.sender.from_email, "utf-8")
    # Mail programs then open it as something to send.
    message["X-Unsent"] = "1"
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))
