"""Addresses that pass by the site, to be counted there, before they lead where they say.

Where they lead stands in them, signed: a letter that is found again years later still leads there,
whatever became of it, and nobody makes one that leads elsewhere. Who reads does not stand there.
"""

from __future__ import annotations

import html
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from newsletter.subscribing.addresses import NOBODY, token_of
from territories.pages.base import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from newsletter.models import NewsletterPage

_LINK = re.compile(r'(<a\s(?:[^>]*\s)?href=")(https?://[^"]*)"')


def signer() -> Signer:
    return Signer(sep="~", salt="newsletter.link")


def counted_address(page: NewsletterPage, address: str) -> str:
    written = urlsafe_b64encode(address.encode()).decode().rstrip("=")
    token = signer().sign(f"{page.pk}.{written}")
    with override(SOURCE_LANGUAGE):
        return f"{page.territory.root_url}{reverse('newsletter:follow', args=[token])}"


def read_token(token: str) -> tuple[int, str] | None:
    """The key of the letter and where the link leads; None for what was not made here."""
    try:
        key, written = signer().unsign(token).split(".", 1)
        padded = written + "=" * (-len(written) % 4)
        return int(key), urlsafe_b64decode(padded).decode()
    except (BadSignature, ValueError):
        return None


def counted(markup: str, page: NewsletterPage) -> str:
    """The HTML of a letter with its links counted: but for those that are each reader's own."""
    own = token_of(NOBODY)

    def address(found: re.Match) -> str:
        where = html.unescape(found[2])
        return found[0] if own in where else f'{found[1]}{counted_address(page, where)}"'

    return _LINK.sub(address, markup)
