"""The copies of one sending, as the one process that holds it sees them for a while.

Every change is committed at once and on one condition: that the row is still what it was. A copy
that is claimed has left, or may have; nothing but an answer of the server, or a person, says more.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from newsletter.models import Copy, CopyState, Edition, Sending, SendingState, Subscriber
from newsletter.models.subscribers import SubscriberState

FETCHED = 200
HELD_ANEW = 5
# Minutes to wait each time that a server says « later » of one address; then it is refused.
WAITS = (5, 30, 120, 480)
INTERRUPTED = "L’envoi s’est interrompu."


class Stopped(Exception):
    """The sending was paused or cancelled, or another process holds it now: claim nothing more."""


def lease() -> timedelta:
    """How long nobody else takes over: longer than what a letter may be waited for, which is two
    answers."""
    return timedelta(seconds=2 * settings.LETTERS_TIMEOUT + 10)


class Outbox:
    """`holder`: the mark that this process has put on the sending. `seconds`: how long this slice
    is; `left`: how many copies more it may be; None: no limit."""

    def __init__(self, sending: Sending, holder: str, *, seconds: float = 10) -> None:
        self.sending, self.holder = sending, holder
        self.until = time.monotonic() + seconds
        self.left: int | None = None
        self.offered = 0
        self.editions: dict[str, Edition] = {}
        self._claimed: dict[int, datetime] = {}
        self._held_at = 0.0

    @property
    def copies(self) -> QuerySet[Copy]:
        return self.sending.copies.all()

    def edition(self, language: str) -> Edition:
        if not self.editions:
            self.editions = {one.language: one for one in self.sending.editions.all()}
        return self.editions[language]

    def whole(self) -> None:
        """For who sends all at once: the slice ends with the last copy."""
        self.until, self.left = float("inf"), None

    def waiting(self, language: str | None = None) -> Iterator[Copy]:
        """The copies to send, until there is none or the slice is over. Those whose reader is
        erased are dropped on the way."""
        last = 0
        while True:
            due = due_copies(self.copies, timezone.now()).filter(pk__gt=last).order_by("pk")
            if language is not None:
                due = due.filter(language=language)
            found = list(due.select_related("subscriber")[:FETCHED])
            for copy in found:
                last = copy.pk
                if time.monotonic() >= self.until or (self.left is not None and self.left <= 0):
                    return
                if copy.subscriber is None:
                    self.drop(copy)
                    continue
                if self.left is not None:
                    self.left -= 1
                self.offered += 1
                yield copy
            if not found:
                return

    def claim(self, copies: Collection[Copy]) -> list[Copy]:
        """Those that may leave now, which nobody else will send; the reader of each other one has
        left meanwhile. Committed when it returns. Raises Stopped. A few hundred at most."""
        now = timezone.now()
        keys = [copy.pk for copy in copies]
        receiving = Subscriber.objects.filter(
            pk=OuterRef("subscriber"), state=SubscriberState.ACTIVE, wants_letters=True
        )
        with durably(), transaction.atomic():
            # Locks the row: whoever pauses or cancels comes before this, or after it.
            self.hold(now)
            waiting = Copy.objects.filter(pk__in=keys, state=CopyState.WAITING)
            waiting.filter(Exists(receiving)).update(
                state=CopyState.CLAIMED, claimed_at=now, tries=F("tries") + 1
            )
            ours = Copy.objects.filter(pk__in=keys, state=CopyState.CLAIMED, claimed_at=now)
            claimed = set(ours.values_list("pk", flat=True))
        found = []
        for copy in copies:
            if copy.pk in claimed:
                self._claimed[copy.pk] = now
                copy.tries += 1
                found.append(copy)
            else:
                self.drop(copy)
        return found

    def hold(self, now: datetime | None = None) -> None:
        """Go on holding the sending. Raises Stopped."""
        now = now or timezone.now()
        ours = Sending.objects.filter(
            pk=self.sending.pk, holder=self.holder, state=SendingState.SENDING
        )
        if not ours.update(held_until=now + lease()):
            raise Stopped
        self._held_at = time.monotonic()

    def go_on_holding(self) -> None:
        """Before something that may take long, when it was not said for a while."""
        if time.monotonic() - self._held_at > HELD_ANEW:
            self.hold()

    def sent(self, copy: Copy, answer: str = "") -> None:
        now = timezone.now()
        with transaction.atomic():
            if self._settle(copy, CopyState.SENT, answer, done_at=now):
                Subscriber.objects.filter(pk=copy.subscriber_id).update(last_letter_at=now)

    def refused(self, copy: Copy, answer: str) -> None:
        self._settle(copy, CopyState.REFUSED, answer, done_at=timezone.now())

    def later(self, copy: Copy, answer: str) -> None:
        """The server does not want this one now."""
        tries = copy.tries if copy.pk in self._claimed else copy.tries + 1
        if tries > len(WAITS):
            self.refused(copy, answer)
            return
        after = timezone.now() + timedelta(minutes=WAITS[tries - 1])
        self._settle(
            copy, CopyState.WAITING, answer, not_before=after, claimed_at=None, tries=tries
        )

    def back(self, copy: Copy) -> None:
        """The server was given nothing: as if it had not been claimed."""
        self._settle(copy, CopyState.WAITING, "", claimed_at=None, tries=F("tries") - 1)

    def uncertain(self, copy: Copy, answer: str) -> None:
        self._settle(copy, CopyState.UNCERTAIN, answer)

    def drop(self, copy: Copy) -> None:
        Copy.objects.filter(pk=copy.pk, state=CopyState.WAITING).update(
            state=CopyState.DROPPED, done_at=timezone.now()
        )

    # All that are claimed at once, by whoever holds the sending: of one edition, or of all.

    def doubt_claimed(self, language: str | None = None) -> None:
        """Nobody will ever know, of those whose process died, whether they left."""
        with self._claims(language) as claims:
            claims.update(state=CopyState.UNCERTAIN, answer=INTERRUPTED)

    def claimed_were_sent(self, language: str, answer: str) -> None:
        now = timezone.now()
        with self._claims(language) as claims:
            readers = claims.exclude(subscriber=None).values("subscriber")
            Subscriber.objects.filter(pk__in=readers).update(last_letter_at=now)
            claims.update(state=CopyState.SENT, answer=answer[:250], done_at=now)

    def claimed_stayed(self, language: str) -> None:
        """None has left: they wait as before."""
        with self._claims(language) as claims:
            claims.update(state=CopyState.WAITING, claimed_at=None, tries=F("tries") - 1)

    @contextmanager
    def _claims(self, language: str | None) -> Iterator[QuerySet[Copy]]:
        self._claimed.clear()
        found = self.copies.filter(state=CopyState.CLAIMED)
        if language is not None:
            found = found.filter(language=language)
        with transaction.atomic():
            # Those of whoever has taken over meanwhile are theirs to settle.
            ours = Sending.objects.filter(pk=self.sending.pk, holder=self.holder)
            is_ours = ours.update(held_until=timezone.now() + lease())
            yield found if is_ours else found.none()

    def _settle(self, copy: Copy, state: str, answer: str, **fields) -> bool:
        """What is known of a copy replaces a doubt of whoever took over, and nothing else."""
        claimed_at = self._claimed.pop(copy.pk, None)
        rows = Copy.objects.filter(pk=copy.pk)
        if claimed_at is None:
            rows = rows.filter(state=CopyState.WAITING)
        else:
            ours = (CopyState.CLAIMED, CopyState.UNCERTAIN)
            rows = rows.filter(state__in=ours, claimed_at=claimed_at)
        return bool(rows.update(state=state, answer=without_address(copy, answer), **fields))


def without_address(copy: Copy, answer: str) -> str:
    """Servers repeat whom they refuse, and a copy outlives its reader."""
    if copy.subscriber is not None:
        answer = re.sub(re.escape(copy.subscriber.email), "…", answer, flags=re.IGNORECASE)
    return answer[:250]


def due_copies(copies: QuerySet[Copy], now: datetime) -> QuerySet[Copy]:
    return copies.filter(Q(not_before=None) | Q(not_before__lte=now), state=CopyState.WAITING)


@contextmanager
def durably() -> Iterator[None]:
    """A claim must outlive the machine's power too: SQLite is told not to keep it in memory."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
