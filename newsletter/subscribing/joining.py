"""From an address that somebody typed to a reader: nobody is one before their own mailbox says so.

What is chosen with the form travels in the signed link: until it is followed, nothing of what
stands about an address changes, whoever types it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import Consent, Objection, Subscriber, SubscriberState
from newsletter.models.subscribers import digest_of
from territories.links.links import EXPIRED, UNKNOWN, LinkRefused, make_link

from .brakes import may_mail
from .telling import tell_confirm, tell_known

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.links.models import SignedLink
    from territories.models import Territory

PURPOSE = "newsletter"
# An address that did not answer is forgotten after as long.
LASTS = timedelta(days=7)


@transaction.atomic
def ask_to_confirm(
    *,
    territory: Territory,
    email: str,
    wishes: Mapping[str, Any],
    words: str,
    page: str = "",
    source: str = Consent.Source.FORM,
    language: str = "fr",
    added_by: User | None = None,
) -> bool:
    """Mail a link to an address, or that it has the letters already. Returns whether a message
    leaves: not a second one within the hour. A visitor is told the same in every case, and learns
    nothing of the address.

    `words`: what was agreed with, kept as it is read. `page`: the address of the form.
    """
    email = email.strip()
    if not may_mail(territory, email):
        return False
    subscriber = pending_or_known(territory, email, language)
    if subscriber.state == SubscriberState.ACTIVE and subscriber.wants_letters:
        tell_known(subscriber)
        return True
    consent = Consent.objects.create(
        subscriber=subscriber, source=source, words=words, page=page[:250], added_by=added_by
    )
    link = make_link(
        purpose=PURPOSE,
        territory=territory,
        payload={"subscriber": subscriber.pk, "consent": consent.pk, "wishes": dict(wishes)},
        lasts=LASTS,
    )
    tell_confirm(subscriber, link, language=language, by_team=added_by is not None)
    return True


def pending_or_known(territory: Territory, email: str, language: str) -> Subscriber:
    found = Subscriber.objects.filter(territory=territory).with_address(email)
    if known := found.first():
        return known
    try:
        with transaction.atomic():
            return Subscriber.objects.create(territory=territory, email=email, language=language)
    except IntegrityError:
        # Somebody typed the same at the same moment.
        return found.get()


def asked_for(link: SignedLink) -> tuple[Subscriber, Consent]:
    """Whose link it is, and to what it says yes. Raises LinkRefused."""
    subscriber = Subscriber.objects.filter(
        pk=link.payload.get("subscriber"), territory=link.territory_id
    ).first()
    if subscriber is None:
        raise LinkRefused(EXPIRED, 410)
    consent = subscriber.consents.filter(pk=link.payload.get("consent")).first()
    if consent is None:
        raise LinkRefused(UNKNOWN, 404)
    return subscriber, consent


@transaction.atomic
def confirm(link: SignedLink) -> Subscriber:
    """The owner of the mailbox has said yes: letters leave from now on. Raises LinkRefused."""
    subscriber, consent = asked_for(link)
    now = timezone.now()
    consent.confirmed_at = now
    consent.save(update_fields=["confirmed_at"])
    for name, value in link.payload.get("wishes", {}).items():
        setattr(subscriber, name, value)
    subscriber.wants_letters = True
    make_active(subscriber)
    return subscriber


def make_active(subscriber: Subscriber) -> None:
    now = timezone.now()
    subscriber.state = SubscriberState.ACTIVE
    subscriber.confirmed_at = subscriber.seen_at = now
    subscriber.asked_at = subscriber.left_at = None
    subscriber.reason, subscriber.bounces = "", 0
    subscriber.save()
    # They ask for letters again, with their own mailbox.
    digest = digest_of(subscriber.territory, subscriber.email)
    Objection.objects.filter(territory=subscriber.territory_id, digest=digest).delete()


def forget_unconfirmed() -> int:
    """What was asked for and not confirmed in a week. Returns how many addresses went."""
    limit = timezone.now() - LASTS
    number, _each = (
        Subscriber.objects.filter(state=SubscriberState.PENDING, created_at__lt=limit)
        .exclude(consents__given_at__gte=limit)
        .delete()
    )
    Consent.objects.filter(confirmed_at=None, is_proven=False, given_at__lt=limit).delete()
    return number
