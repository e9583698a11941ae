"""The address that a letter comes back to says whose copy it was (VERP), signed.

`LETTERS_BOUNCES_ADDRESS` is a mailbox whose server keeps what stands after a `+`: what arrives at
`rebonds+…@exemple.fr` is delivered to `rebonds@exemple.fr`. Servers may write an address in
capitals or in small letters, and allow 64 signs before the `@` (RFC 5321, 4.5.3.1.1).
"""

from __future__ import annotations

import re
import uuid
from base64 import b32decode, b32encode

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

KEY = 26
PROOF = 12
TAG = re.compile(rf"\+([a-z2-7]{{{KEY}}})([0-9a-f]{{{PROOF}}})@", re.IGNORECASE)


def return_address(key: uuid.UUID) -> str:
    """Of the copy of the reader with this key; "" when no mailbox reads what comes back."""
    name, at, domain = settings.LETTERS_BOUNCES_ADDRESS.partition("@")
    if not at:
        return ""
    written = b32encode(key.bytes).decode().rstrip("=").lower()
    return f"{name}+{written}{proof_of(key)}@{domain}"


def key_in(text: str) -> uuid.UUID | None:
    """The key of the first return address of ours in a text."""
    for found in TAG.finditer(text):
        try:
            key = uuid.UUID(bytes=b32decode(f"{found[1].upper()}======"))
        except ValueError:
            continue
        if constant_time_compare(found[2].lower(), proof_of(key)):
            return key
    return None


def proof_of(key: uuid.UUID) -> str:
    return salted_hmac("newsletter.bounce", key.hex, algorithm="sha256").hexdigest()[:PROOF]
