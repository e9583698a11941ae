"""No more letters: left by a reader, stopped by what their server says, or erased.

Who leaves, or is erased because they ask for it, leaves a keyed hash: no file brings them back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from newsletter.models import Objection, Subscriber, SubscriberFile, SubscriberState
from newsletter.models.subscribers import digest_of
from territories.links.models import SignedLink
from territories.mail.models import OutgoingMail

if TYPE_CHECKING:
    from territories.models import Territory


@transaction.atomic
def leave(subscriber: Subscriber) -> None:
    """Safe to run twice, as mail programs do."""
    object_to(subscriber.territory, subscriber.email)
    if subscriber.state == SubscriberState.LEFT:
        return
    subscriber.state, subscriber.left_at = SubscriberState.LEFT, timezone.now()
    subscriber.save(update_fields=["state", "left_at"])
    forget_links(subscriber)


@transaction.atomic
def stop(subscriber: Subscriber, reason: str) -> None:
    """The address is of no use, or its owner calls the letters junk. Safe to run twice."""
    subscriber.reason = reason[:250]
    if subscriber.state != SubscriberState.LEFT:
        subscriber.state, subscriber.left_at = SubscriberState.STOPPED, timezone.now()
    subscriber.save(update_fields=["state", "left_at", "reason"])


@transaction.atomic
def erase(subscriber: Subscriber, *, objects: bool = True) -> None:
    """`objects`: they asked for it, and are not to come back with a file."""
    if objects:
        object_to(subscriber.territory, subscriber.email)
        # What was mailed to them is kept for a while, to know whether it arrived.
        mailed = OutgoingMail.objects.filter(territory=subscriber.territory)
        mailed.filter(to__iexact=subscriber.email).exclude(sent_at=None).delete()
    forget_links(subscriber)
    subscriber.delete()


def object_to(territory: Territory, email: str) -> None:
    Objection.objects.get_or_create(territory=territory, digest=digest_of(territory, email))


def objects(territory: Territory, email: str) -> bool:
    digest = digest_of(territory, email)
    return Objection.objects.filter(territory=territory, digest=digest).exists()


def forget_links(subscriber: Subscriber) -> None:
    """Links that were mailed and not used: who left before they were followed has left."""
    SignedLink.objects.filter(
        purpose__startswith="newsletter",
        territory=subscriber.territory_id,
        payload__subscriber=subscriber.pk,
    ).delete()


def erase_subscribers(territory: Territory) -> int:
    number, _each = Subscriber.objects.filter(territory=territory).delete()
    Objection.objects.filter(territory=territory).delete()
    SubscriberFile.objects.filter(territory=territory).delete()
    return number
