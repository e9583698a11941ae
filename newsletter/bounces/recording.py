"""What becomes of a reader whose letters come back.

An address that does not exist stops at once; any other that sends three letters back in a row; one
whose owner called a letter junk, at once too.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsletter.models import Copy, CopyState, Subscriber, SubscriberState
from newsletter.subscribing.leaving import object_to, stop
from territories.pages.base import SOURCE_LANGUAGE

from .reading import STATUS, Kind, Report, is_hard, read_message

if TYPE_CHECKING:
    import uuid

logger = logging.getLogger(__name__)

MOST = 3
# What servers say of an address that is not theirs, when they give no enhanced status.
UNKNOWN_ADDRESS = re.compile(r"user unknown|no such user|unknown user|mailbox unavailable", re.I)


def receive(content: bytes) -> Kind:
    """A message that came back: read, and recorded. Returns what it was."""
    report = read_message(content)
    if report.kind == Kind.NOTHING:
        return report.kind
    subscriber = reader_of(report.key)
    if subscriber is None:
        logger.info("A %s came back about nobody that is a reader", report.kind)
        return Kind.NOTHING
    record_report(subscriber, report)
    return report.kind


def reader_of(key: uuid.UUID | None) -> Subscriber | None:
    if key is None:
        return None
    return Subscriber.objects.select_related("territory").filter(key=key).first()


def record_report(subscriber: Subscriber, report: Report) -> None:
    if report.kind == Kind.COMPLAINT:
        record_complaint(subscriber)
    elif report.kind == Kind.BOUNCE:
        record_bounce(subscriber, status=report.status, words=report.words)


def record_refusal(subscriber: Subscriber, *, code: int, answer: str) -> None:
    """The server refused the address (5xx to `RCPT`) while a letter was given to it.

    `answer`: what it said, with or without an enhanced status (RFC 3463).
    """
    found = STATUS.search(answer)
    if found:
        status = found[0]
    else:
        status = "5.1.1" if code in {550, 551, 553} and UNKNOWN_ADDRESS.search(answer) else ""
    record_bounce(subscriber, status=status, words=f"{code} {answer}", is_sent=False)


def record_bounce(subscriber: Subscriber, *, status: str, words: str, is_sent: bool = True) -> None:
    """A letter came back. `status`: « 5.1.1 », or "". `is_sent`: the server had taken it first."""
    if subscriber.state not in {SubscriberState.ACTIVE, SubscriberState.PENDING}:
        return
    if is_hard(status):
        stop(subscriber, words)
        return
    now = timezone.now()
    if last := subscriber.bounced_at:
        letters = letters_since(subscriber, last)
        if is_sent and letters == 0:
            # Said twice of one letter.
            return
        if letters > is_sent:
            # One between the two did arrive.
            subscriber.bounces = 0
            subscriber.save(update_fields=["bounces"])
    rows = Subscriber.objects.filter(pk=subscriber.pk)
    rows.update(bounces=F("bounces") + 1, bounced_at=now)
    subscriber.refresh_from_db(fields=["bounces", "bounced_at"])
    if subscriber.bounces >= MOST:
        stop(subscriber, words)


def letters_since(subscriber: Subscriber, moment) -> int:
    copies = Copy.objects.filter(subscriber=subscriber, state=CopyState.SENT, done_at__gt=moment)
    return copies.count()


def record_complaint(subscriber: Subscriber) -> None:
    """« Junk » is how many people leave: no file brings them back either."""
    object_to(subscriber.territory, subscriber.email)
    if subscriber.state != SubscriberState.LEFT:
        with override(SOURCE_LANGUAGE):
            stop(subscriber, _("la lettre a été signalée comme indésirable"))
