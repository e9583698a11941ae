"""A reader's new address: it becomes theirs once it has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsletter.models import Consent, Subscriber, SubscriberState
from territories.links.links import EXPIRED, LinkRefused, make_link

from .brakes import may_mail
from .joining import LASTS, make_active
from .telling import tell_known, tell_new_address

if TYPE_CHECKING:
    from territories.links.models import SignedLink

PURPOSE = "newsletter.address"
TAKEN = _("Cette adresse reçoit déjà les lettres. Rien n’est changé.")


@transaction.atomic
def ask_to_move(*, subscriber: Subscriber, email: str) -> None:
    """Whether the new address is a reader's already is told to that address alone."""
    email = email.strip()
    if not may_mail(subscriber.territory, email):
        return
    others = Subscriber.objects.filter(territory=subscriber.territory).with_address(email)
    other = others.exclude(pk=subscriber.pk).first()
    if other and other.state == SubscriberState.ACTIVE:
        tell_known(other)
        return
    link = make_link(
        purpose=PURPOSE,
        territory=subscriber.territory,
        payload={"subscriber": subscriber.pk, "email": email},
        lasts=LASTS,
    )
    tell_new_address(subscriber, link, to=email)


def mover(link: SignedLink) -> Subscriber:
    """Raises LinkRefused."""
    found = Subscriber.objects.filter(
        pk=link.payload.get("subscriber"), territory=link.territory_id
    ).first()
    if found is None or found.state != SubscriberState.ACTIVE:
        raise LinkRefused(EXPIRED, 410)
    return found


@transaction.atomic
def move(link: SignedLink) -> Subscriber:
    """Raises LinkRefused."""
    subscriber, email = mover(link), link.payload["email"]
    others = Subscriber.objects.filter(territory=subscriber.territory).with_address(email)
    others = others.exclude(pk=subscriber.pk)
    if others.filter(state=SubscriberState.ACTIVE).exists():
        raise LinkRefused(TAKEN, 409)
    # What stood there without letters goes: the address is this reader's.
    others.delete()
    subscriber.email = email
    make_active(subscriber)
    now = timezone.now()
    Consent.objects.create(
        subscriber=subscriber,
        source=Consent.Source.FORM,
        words=gettext("Changement d’adresse, demandé par l’abonné et confirmé depuis la nouvelle."),
        given_at=link.created_at,
        confirmed_at=now,
    )
    return subscriber
