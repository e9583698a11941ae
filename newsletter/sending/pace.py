"""How fast letters are given to a mail server: so many a minute for all who send by one account.

The time of an account is cut into turns. A slice takes the first that nobody has taken, and comes
back when it begins: a long sending lets every other have a turn between two of its own. A turn that
nobody comes for (its process died, its sending was paused) is lost, and costs some seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsletter.models import Relay, Sending

SECONDS = 10


@dataclass(frozen=True)
class Turn:
    """`at_most`: how many letters it is for. They may leave at once: their time is then over
    before the next turn begins, and the worker does something else meanwhile."""

    account: str
    at_most: int
    begins_at: datetime
    seen_at: datetime = field(default_factory=timezone.now)

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + time_of(self.at_most)

    @property
    def is_now(self) -> bool:
        return self.begins_at <= self.seen_at < self.ends_at


def take_turn(sending: Sending, account: str) -> Turn | None:
    """The turn of this sending, kept for it until it has come back for it. None: there is no limit.
    `account`: see `Backend.account`."""
    if not account or not settings.LETTERS_PER_MINUTE:
        return None
    now, at_most = timezone.now(), max(1, settings.LETTERS_PER_MINUTE * SECONDS // 60)
    with transaction.atomic():
        relay = relay_of(account)
        turn = Turn(account, at_most, sending.turn_at or now, now)
        if sending.turn_at is None or turn.ends_at <= now:
            turn = Turn(account, at_most, max(now, relay.free_at), now)
            Relay.objects.filter(pk=relay.pk).update(free_at=turn.ends_at)
        sending.turn_at = None if turn.is_now else turn.begins_at
        Sending.objects.filter(pk=sending.pk).update(turn_at=sending.turn_at)
    return turn


def give_back(turn: Turn, offered: int) -> datetime:
    """When the letters that were offered have had their time: the next turn begins then, unless
    somebody has taken it already."""
    after = turn.seen_at + time_of(offered)
    ours = Relay.objects.filter(account=key_of(turn.account), free_at=turn.ends_at)
    ours.update(free_at=after)
    return after


def relay_of(account: str) -> Relay:
    """Locked, within a transaction: whoever comes at the same instant waits."""
    return Relay.objects.select_for_update().get_or_create(account=key_of(account))[0]


def key_of(account: str) -> str:
    return hashlib.sha256(account.encode()).hexdigest()


def time_of(letters: int) -> timedelta:
    return timedelta(minutes=letters / settings.LETTERS_PER_MINUTE)
