"""One reader's letter as it goes over the wire (RFC 5322, 8058, 2919)."""

from __future__ import annotations

from binascii import b2a_qp
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.utils import timezone
from django.utils.crypto import salted_hmac

from newsletter.bounces.addresses import return_address
from newsletter.models import Copy, Edition
from newsletter.subscribing.addresses import for_reader, leave_address
from territories.mail.sender import sender_of
from territories.models import Territory

# Addresses to leave are long, and some mailboxes read no header that begins on its second line.
_WIRE = compat32.clone(linesep="\r\n", max_line_length=998)


def sent_back_to(copy: Copy) -> str:
    """Where servers send back what they could not deliver: the sender of the envelope."""
    return return_address(copy.subscriber.key) or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def message_of(copy: Copy, edition: Edition, territory: Territory) -> bytes:
    """Raises ValueError for an address that no message can hold."""
    sender, key = sender_of(territory), copy.subscriber.key
    message = letter_message(edition, key)
    message["From"] = sanitize_address(sender.from_email, "utf-8")
    if sender.reply_to:
        message["Reply-To"] = sender.reply_to
    message["To"] = sanitize_address(copy.subscriber.email, "utf-8")
    message["Message-ID"] = message_id(copy)
    for name, value in list_headers(copy, territory).items():
        message[name] = value
    return message.as_bytes(policy=_WIRE)


def letter_message(edition: Edition, key: UUID | None = None) -> MIMEMultipart:
    """Its words alone, with the addresses of the reader of this key."""
    message = MIMEMultipart("alternative")
    message["Subject"] = header(edition.subject)
    message["Date"] = format_datetime(timezone.now())
    message["Content-Language"] = edition.language
    for kind, words in (("plain", edition.text), ("html", edition.html)):
        message.attach(part(kind, words if key is None else for_reader(words, key)))
    return message


def list_headers(copy: Copy, territory: Territory) -> dict[str, str]:
    """How mailboxes offer to leave in one click, and know that no person wrote to one person: who
    is away answers no list (RFC 3834)."""
    leave = leave_address(territory, copy.subscriber.key, copy.language)
    return {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"{header(territory.full_name)} <lettres.{host_of(territory)}>",
        "Precedence": "bulk",
    }


def message_id(copy: Copy) -> str:
    """The same each time it is asked for, and nobody else's."""
    digest = salted_hmac("newsletter.copy", str(copy.pk), algorithm="sha256").hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<lettre.{digest}@{domain}>"


def copy_key(copy: Copy) -> UUID:
    return uuid5(NAMESPACE_URL, message_id(copy))


def host_of(territory: Territory) -> str:
    return urlsplit(territory.root_url).hostname or "localhost"


def header(words: str) -> str:
    """On one line, in words that every server takes."""
    words = " ".join(words.split())
    return words if words.isascii() else Header(words, "utf-8").encode()


def part(kind: str, words: str) -> MIMENonMultipart:
    """Encoded by C: Python's own way takes ten times as long, and there are twenty thousand."""
    found = MIMENonMultipart("text", kind, charset="utf-8")
    found["Content-Transfer-Encoding"] = "quoted-printable"
    lines = words.replace("\r\n", "\n").replace("\r", "\n").encode()
    found.set_payload(b2a_qp(lines, istext=True).decode("ascii"))
    return found
