"""The addresses by which a reader chooses and leaves, as long as there is a reader.

Not those of `territories/links`, which open once and expire: a letter is found again years later,
and its link to leave must work (RFC 8058, GDPR article 7.3).
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

if TYPE_CHECKING:
    from territories.models import Territory

# What stands after `/lettres/`, where the slugs of letters stand too.
FIRST_WORDS = ("abonnement", "choix", "desabonnement", "rester", "adresse", "retours")
# Stands in what is fixed for all readers; each copy then gets its reader's own.
NOBODY = uuid.UUID(int=0)


def signer() -> Signer:
    return Signer(sep="~", salt="newsletter.reader")


def token_of(key: uuid.UUID) -> str:
    """What stands in the address; `~` needs no escape there."""
    return signer().sign(key.hex)


def key_of(token: str) -> uuid.UUID | None:
    """None when it was not made here, or not copied whole."""
    try:
        return uuid.UUID(hex=signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def choices_address(territory: Territory, key: uuid.UUID, language: str) -> str:
    """Whole, on the territory's host: the page where a reader chooses, leaves, or is erased."""
    return address(territory, "newsletter:choices", key, language)


def leave_address(territory: Territory, key: uuid.UUID, language: str) -> str:
    """The same for one click (`List-Unsubscribe`): its POST asks nothing more."""
    return address(territory, "newsletter:leave", key, language)


def stay_address(territory: Territory, key: uuid.UUID, language: str) -> str:
    """Where a reader who gave no sign for long says that they stay."""
    return address(territory, "newsletter:stay", key, language)


def address(territory: Territory, view: str, key: uuid.UUID, language: str) -> str:
    with override(language):
        return f"{territory.root_url}{reverse(view, args=[token_of(key)])}"


def for_reader(words: str, key: uuid.UUID) -> str:
    """What was written for NOBODY, with this reader's addresses."""
    return words.replace(token_of(NOBODY), token_of(key))
