"""What people decide of a sending. Each is one step from one state, and a line in the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import (
    Copy,
    CopyState,
    NewsletterPage,
    Sending,
    SendingState,
    Subscriber,
)
from territories.audit.recording import record

from .slices import queue

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotNow(Exception):
    """The sending is no longer as the person saw it."""


def schedule(
    *,
    letter: NewsletterPage,
    asked_by: User,
    begins_at: datetime | None = None,
    themes: Collection[str] = (),
    neighbourhoods: Collection[str] = (),
) -> Sending:
    """None begins now. Raises NotNow when the letter was given to its readers already."""
    fields = {
        "territory": letter.territory,
        "state": SendingState.SCHEDULED,
        "begins_at": begins_at or timezone.now(),
        "themes": sorted(themes),
        "neighbourhoods": sorted(neighbourhoods),
        "asked_by": asked_by,
        "ended_at": None,
        "trouble": "",
    }
    with transaction.atomic():
        found = Sending.objects.select_for_update().filter(letter=letter).first()
        if found is not None and not found.is_void:
            raise NotNow
        try:
            with transaction.atomic():
                sending, _made = Sending.objects.update_or_create(letter=letter, defaults=fields)
        except IntegrityError as error:
            # Two people at the same instant.
            raise NotNow from error
        note(sending, "sending.schedule", asked_by)
        if begins_at is None:
            queue(sending.pk)
    return sending


def pause(sending: Sending, by: User) -> None:
    step(sending, (SendingState.SCHEDULED, SendingState.SENDING), state=SendingState.PAUSED)
    note(sending, "sending.pause", by)


@transaction.atomic
def resume(sending: Sending, by: User) -> None:
    state = SendingState.SENDING if sending.is_begun else SendingState.SCHEDULED
    step(sending, (SendingState.PAUSED,), state=state, trouble="")
    note(sending, "sending.resume", by)
    if sending.is_begun or sending.begins_at <= timezone.now():
        queue(sending.pk)


@transaction.atomic
def cancel(sending: Sending, by: User) -> None:
    """What has left has left; the rest stays."""
    now = timezone.now()
    goes = (SendingState.SCHEDULED, SendingState.SENDING, SendingState.PAUSED)
    step(sending, goes, state=SendingState.CANCELLED, ended_at=now)
    sending.copies.filter(state=CopyState.WAITING).update(state=CopyState.DROPPED, done_at=now)
    note(sending, "sending.cancel", by)


@transaction.atomic
def consider_sent(sending: Sending, by: User, copy: int | None = None) -> int:
    """Of one uncertain copy, or of all: somebody says that it left."""
    now = timezone.now()
    found = uncertain(sending, copy)
    Subscriber.objects.filter(pk__in=found.exclude(subscriber=None).values("subscriber")).update(
        last_letter_at=now
    )
    number = found.update(state=CopyState.SENT, done_at=now)
    note(sending, "sending.consider", by, number=number)
    return number


@transaction.atomic
def send_again(sending: Sending, by: User, copy: int | None = None) -> int:
    """Of one uncertain copy, or of all: somebody would rather have it arrive twice than never."""
    if sending.state == SendingState.CANCELLED:
        raise NotNow
    number = uncertain(sending, copy).update(state=CopyState.WAITING, claimed_at=None)
    if number:
        Sending.objects.filter(pk=sending.pk, state=SendingState.DONE).update(
            state=SendingState.SENDING, ended_at=None
        )
        note(sending, "sending.again", by, number=number)
        queue(sending.pk)
    return number


def uncertain(sending: Sending, copy: int | None):
    found = Copy.objects.filter(sending=sending, state=CopyState.UNCERTAIN)
    return found if copy is None else found.filter(pk=copy)


def step(sending: Sending, states: Collection[str], **fields) -> None:
    if not Sending.objects.filter(pk=sending.pk, state__in=states).update(**fields):
        raise NotNow
    for name, value in fields.items():
        setattr(sending, name, value)


def note(sending: Sending, action: str, by: User, **data) -> None:
    record(territory=sending.territory, action=action, user=by, about=sending.letter, **data)
