"""Every signed, expiring, single-use link is made and checked here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .models import SignedLink, signer_for

if TYPE_CHECKING:
    from territories.models import Territory

KEPT_AFTER_EXPIRY = timedelta(days=90)


class LinkRefused(Exception):
    """The link opens nothing; `sentence` says why to whoever clicked, `status` to the browser."""

    def __init__(self, sentence: Any, status: int) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.status = status


UNKNOWN = _("Ce lien n’est pas complet. Copiez-le en entier depuis le message reçu.")
EXPIRED = _("Ce lien n’est plus valable. Demandez-en un nouveau à la personne qui l’a envoyé.")
USED = _("Ce lien a déjà servi. Il ne fonctionne qu’une fois.")
WITHDRAWN = _("Ce lien a été retiré. Demandez-en un nouveau à la personne qui l’a envoyé.")


def make_link(
    *,
    purpose: str,
    territory: Territory | None,
    payload: Mapping[str, Any],
    lasts: timedelta,
    email: str = "",
) -> SignedLink:
    """A new link; its `token` goes into the address that is mailed.

    `purpose`: a word of the room that opens it ("invitation"); `payload`: what that room must
    remember, JSON-able; `lasts`: how long it can be used.
    """
    return SignedLink.objects.create(
        purpose=purpose,
        territory=territory,
        payload=dict(payload),
        email=email,
        expires_at=timezone.now() + lasts,
    )


def address_of_link(link: SignedLink, view: str, language: str) -> str:
    """Whole, on its territory’s host: to be mailed. `view`: the name of what takes its token."""
    with override(language):
        path = reverse(view, args=[link.token])
    return f"{link.territory.root_url}{path}"


def open_link(token: str, purpose: str) -> SignedLink:
    """The link of a token, unused. Opening changes nothing: mail programs open links too.

    Where the address is a territory's, the caller compares `link.territory` with the host's.
    Raises LinkRefused.
    """
    return check(find(token, purpose))


def use_link(token: str, purpose: str) -> SignedLink:
    """As `open_link`, and the link never opens again: one caller only gets it.

    Call it inside the transaction of what the link is for, so that both happen or neither.
    """
    link = check(find(token, purpose))
    now = timezone.now()
    unused = SignedLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None)
    if not unused.update(used_at=now):
        raise LinkRefused(USED, 410)
    link.used_at = now
    return link


def withdraw_links(*, purpose: str, territory: Territory | None, email: str) -> int:
    """Close the links that were sent to an address and not used; returns how many."""
    return SignedLink.objects.filter(
        purpose=purpose,
        territory=territory,
        email__iexact=email,
        used_at=None,
        withdrawn_at=None,
    ).update(withdrawn_at=timezone.now())


def forget_old_links() -> None:
    SignedLink.objects.filter(expires_at__lt=timezone.now() - KEPT_AFTER_EXPIRY).delete()


def find(token: str, purpose: str) -> SignedLink:
    try:
        key = uuid.UUID(hex=signer_for(purpose).unsign(token))
    except (BadSignature, ValueError):
        raise LinkRefused(UNKNOWN, 404) from None
    link = SignedLink.objects.filter(pk=key, purpose=purpose).select_related("territory").first()
    if link is None:
        # Signed by us, and gone: it expired long ago.
        raise LinkRefused(EXPIRED, 410)
    return link


def check(link: SignedLink) -> SignedLink:
    if link.withdrawn_at:
        raise LinkRefused(WITHDRAWN, 410)
    if link.used_at:
        raise LinkRefused(USED, 410)
    if link.expires_at <= timezone.now():
        raise LinkRefused(EXPIRED, 410)
    return link
