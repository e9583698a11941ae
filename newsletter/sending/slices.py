"""Who sends, and for how long: a sending is held by one process at a time, for a slice.

Whoever may go on is told by a ticket, the mark that stands on the sending: it is queued with the
task, changed when the task begins, and changed again when the slice is over. An older ticket opens
nothing. A mark whose time is over (its process died, its task was lost) gives way to a new one, and
what the dead process had claimed is settled before anything else is sent.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from newsletter.models import Copy, CopyState, Sending, SendingState
from territories.models import Territory

from .backends.base import ServerAway, ServerRefuses
from .backends.choosing import backend_of
from .outbox import Outbox, Stopped, due_copies, lease
from .pace import SECONDS, give_back, take_turn
from .starting import start

logger = logging.getLogger(__name__)

ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
# How long a task may wait in the queue before it is taken for lost.
QUEUED = timedelta(minutes=3)


def queue(pk: int, *, held_by: str = "", after: datetime | None = None) -> bool:
    """Queue the next slice of a sending, unless somebody else holds it."""
    now = timezone.now()
    when, ticket = max(now, after or now), uuid4().hex
    rows = Sending.objects.filter(pk=pk).filter(is_free(now) | Q(holder=held_by))
    if not rows.update(holder=ticket, held_until=when + QUEUED):
        return False
    transaction.on_commit(partial(enqueue, pk, ticket, when if when > now else None))
    return True


def enqueue(pk: int, ticket: str, after: datetime | None) -> None:
    from .tasks import send_slice

    task = send_slice
    if after is not None and task.get_backend().supports_defer:
        task = task.using(run_after=after)
    task.enqueue(pk, ticket)


def is_free(now: datetime) -> Q:
    return Q(holder="") | Q(held_until=None) | Q(held_until__lte=now)


def carry_on() -> None:
    """Each minute: begin what is due, go on with what nobody holds, settle what a process that died
    has left of a sending that was paused or cancelled."""
    now = timezone.now()
    copies = Copy.objects.filter(sending=OuterRef("pk"))
    waiting = copies.filter(state=CopyState.WAITING)
    goes_on = Exists(due_copies(copies, now)) | ~Exists(waiting)
    found = Sending.objects.filter(is_free(now)).filter(
        Q(state=SendingState.SCHEDULED, begins_at__lte=now)
        | (Q(state=SendingState.SENDING) & goes_on)
        | Q(Exists(copies.filter(state=CopyState.CLAIMED)))
    )
    for pk in found.values_list("pk", flat=True):
        queue(pk)


def send(pk: int, ticket: str) -> None:
    """One slice. Never raises for what a server or a letter does: the sending says it."""
    begun = timezone.now()
    holder = uuid4().hex
    rows = Sending.objects.filter(pk=pk, holder=ticket)
    if not rows.update(holder=holder, held_until=begun + lease()):
        return
    sending = Sending.objects.select_related("letter__locale", "territory__site").get(pk=pk)
    outbox = Outbox(sending, holder, seconds=SECONDS)
    trouble, goes_on, after = "", True, begun
    try:
        after = work(outbox, begun)
    except Stopped:
        pass
    except ServerAway as error:
        # Again in a minute.
        trouble, goes_on = str(error), False
    except (ServerRefuses, ImproperlyConfigured) as error:
        trouble, goes_on = str(error), False
        pause(outbox)
    except Exception:
        logger.exception("Sending %s stops at an error that nobody had thought of", pk)
        trouble, goes_on = (
            "Une erreur inattendue s’est produite : elle est au journal du site.",
            False,
        )
        pause(outbox)
        outbox.doubt_claimed()
    end(outbox, trouble=trouble, goes_on=goes_on, after=after)


def work(outbox: Outbox, now: datetime) -> datetime:
    """Returns when the next slice may begin."""
    sending = outbox.sending
    is_due = sending.state == SendingState.SCHEDULED and sending.begins_at <= now
    backend = backend_of(sending.territory)
    backend.recover(outbox)
    if not is_due and sending.state != SendingState.SENDING:
        return now
    if not Territory.objects.with_plugin("newsletter").filter(pk=sending.territory_id).exists():
        raise ServerRefuses("La lettre d’information est fermée dans ce territoire.")
    if is_due:
        start(sending, outbox.holder)
    if (turn := take_turn(sending, backend.account)) is None:
        backend.deliver(outbox)
        return now
    if not turn.is_now:
        return turn.begins_at
    outbox.left = turn.at_most
    try:
        backend.deliver(outbox)
    finally:
        after = give_back(turn, outbox.offered)
    return after


def pause(outbox: Outbox) -> None:
    goes = (SendingState.SCHEDULED, SendingState.SENDING)
    ours = Sending.objects.filter(pk=outbox.sending.pk, holder=outbox.holder, state__in=goes)
    ours.update(state=SendingState.PAUSED)


def end(outbox: Outbox, *, trouble: str, goes_on: bool, after: datetime) -> None:
    """Hand on to the next slice, say that all is done, or let go."""
    now = timezone.now()
    with transaction.atomic():
        ours = Sending.objects.select_for_update().filter(holder=outbox.holder)
        if (sending := ours.filter(pk=outbox.sending.pk).first()) is None:
            return
        # Kept longer than readers: servers repeat whom they refuse.
        sending.trouble = ADDRESS.sub("…", trouble)[:250]
        sending.save(update_fields=["trouble"])
        is_sending = sending.state == SendingState.SENDING
        unsettled = sending.copies.filter(state__in=(CopyState.WAITING, CopyState.CLAIMED))
        if is_sending and goes_on and due_copies(sending.copies.all(), now).exists():
            queue(sending.pk, held_by=outbox.holder, after=after)
            return
        if is_sending and not unsettled.exists():
            sending.state, sending.ended_at = SendingState.DONE, now
        sending.holder, sending.held_until = "", None
        sending.save(update_fields=["state", "ended_at", "holder", "held_until"])
