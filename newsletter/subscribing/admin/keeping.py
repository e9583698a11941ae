"""What the team does for somebody who asks: the journal says it, and names no address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from newsletter.models import Consent, Subscriber, SubscriberState
from newsletter.subscribing.joining import ask_to_confirm
from newsletter.subscribing.leaving import erase, leave, objects
from newsletter.subscribing.wishes import wishes_of
from territories.audit.recording import record

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory


class Refused(Exception):
    """Why an address is not added: a key of the sentences of the form."""


@transaction.atomic
def add_by_hand(
    *, territory: Territory, email: str, words: str, language: str, added_by: User
) -> None:
    """Who said yes at the counter gets the message to confirm, as anybody does. Raises Refused."""
    if objects(territory, email):
        raise Refused("objected")
    found = Subscriber.objects.filter(territory=territory).with_address(email).first()
    if found and found.state == SubscriberState.ACTIVE and found.wants_letters:
        raise Refused("known")
    is_mailed = ask_to_confirm(
        territory=territory,
        email=email,
        wishes={"language": language},
        words=words,
        source=Consent.Source.TEAM,
        language=language,
        added_by=added_by,
    )
    if not is_mailed:
        raise Refused("mailed")
    added = Subscriber.objects.filter(territory=territory).with_address(email).get()
    note("subscribers.add", added, added_by)


@transaction.atomic
def send_again(subscriber: Subscriber) -> bool:
    """The message to confirm, when it got lost. Returns whether it leaves."""
    proof = subscriber.consents.last()
    if subscriber.state != SubscriberState.PENDING or proof is None:
        return False
    return ask_to_confirm(
        territory=subscriber.territory,
        email=subscriber.email,
        wishes=wishes_of(subscriber),
        words=proof.words,
        page=proof.page,
        source=proof.source,
        language=subscriber.language,
        added_by=proof.added_by,
    )


@transaction.atomic
def stop_by_hand(subscriber: Subscriber, user: User) -> None:
    """They said so, by telephone perhaps: it is they who leave."""
    leave(subscriber)
    note("subscribers.stop", subscriber, user)


@transaction.atomic
def erase_by_hand(subscriber: Subscriber, user: User) -> None:
    note("subscribers.erase", subscriber, user)
    erase(subscriber)


def note(action: str, subscriber: Subscriber, user: User) -> None:
    record(territory=subscriber.territory, action=action, user=user, about=subscriber)
