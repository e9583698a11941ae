"""What a mail server, or a mailbox provider, says about a letter that it was given.

Two formats, read from bytes that anybody may have written: a delivery status (RFC 3464), and a
complaint of the « feedback loop » of a provider, whose reader called the letter junk (RFC 5965).
Anything else, an answer out of office above all, says nothing. Never raises.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

from newsletter.subscribing.addresses import key_of

from .addresses import key_in

# Beyond, the letter itself came back with its pictures: what matters stands before.
MOST = 1 << 20
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
TOKEN = re.compile(r"/lettres/(?:desabonnement|choix)/([0-9a-f]{32}~[-\w]+)/")
# Where servers write whom a message was for.
TO_US = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Return-Path")


class Kind(StrEnum):
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Report:
    """`key`: of the reader it is about. `status`: « 5.1.1 » (RFC 3463), or "". `words`: what the
    server said, in a line."""

    kind: Kind
    key: uuid.UUID | None = None
    status: str = ""
    words: str = ""

    @property
    def is_hard(self) -> bool:
        return is_hard(self.status)


NOTHING = Report(Kind.NOTHING)


def is_hard(status: str) -> bool:
    """The address itself is bad (RFC 3463, X.1.X), for good."""
    return status.startswith("5.1.")


def read_message(content: bytes) -> Report:
    try:
        message = message_from_bytes(content[:MOST])
        parts = list(message.walk())
    except Exception:
        # Whatever the library stumbles over in bytes that are no message.
        return NOTHING
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            return delivery(message, part)
        if kind == "message/feedback-report":
            return complaint(message, part)
    return NOTHING


def delivery(message: Message, part: Message) -> Report:
    """The first recipient that the letter was refused for; « delayed » is no refusal yet."""
    for fields in blocks_of(part):
        if field(fields, "Action").lower() != "failed":
            continue
        said = field(fields, "Diagnostic-Code")
        found = STATUS.search(field(fields, "Status")) or STATUS.search(said)
        status = found[0] if found else ""
        # A server may say 5.0.0 where what it was told is clearer.
        exact = STATUS.search(said)
        if status.endswith(".0.0") and exact and exact[1] == status[0]:
            status = exact[0]
        words = one_line(re.sub(r"^\s*smtp\s*;", "", said, flags=re.IGNORECASE)) or status
        return Report(Kind.BOUNCE, key_about(message), status, words)
    return NOTHING


def complaint(message: Message, part: Message) -> Report:
    """« not-spam » takes a complaint back: it is none (RFC 6430)."""
    fields = next(iter(blocks_of(part)), part)
    if field(fields, "Feedback-Type").lower() == "not-spam":
        return NOTHING
    return Report(Kind.COMPLAINT, key_about(message), words=field(fields, "Feedback-Type"))


def key_about(message: Message) -> uuid.UUID | None:
    """From the address it came back to, else from what it holds of the letter itself."""
    for name in TO_US:
        for value in message.get_all(name, []):
            if key := key_in(str(value)):
                return key
    text = message.as_bytes().decode("ascii", "replace")
    if key := key_in(text):
        return key
    # Addresses of a letter are cut at the end of lines.
    for found in TOKEN.finditer(re.sub(r"=?\r?\n[ \t]?", "", text)):
        if key := key_of(found[1]):
            return key
    return None


def blocks_of(part: Message) -> Iterator[Message]:
    """The parser makes a message of each block of fields (RFC 3464, 2.1)."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from payload
    elif isinstance(payload, str):
        for block in re.split(r"\r?\n\r?\n", payload):
            yield message_from_bytes(block.strip().encode("utf-8", "replace") + b"\n\n")


def field(fields: Message, name: str) -> str:
    return one_line(str(fields.get(name, "")))


def one_line(text: str) -> str:
    return " ".join(text.split())[:250]
