"""Who gives no sign for long is asked whether they stay, and erased when they do not answer.

Nothing follows who reads: a sign is a confirmation, a choice, an answer. Who left, or whose address
is stopped, is never written to: they are erased once the same time has passed.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsletter.models import Subscriber, SubscriberState
from territories.models import Territory

from .leaving import erase
from .telling import ask_whether_they_stay

MONTHS = 24
SILENCE = timedelta(days=730)
TO_ANSWER = timedelta(days=30)
# A run a day: a whole list that was imported on one day is not asked at once.
ASKED_AT_MOST = 500
ERASED_AT_MOST = 2000

GONE = (SubscriberState.LEFT, SubscriberState.STOPPED)


def ask_the_silent() -> int:
    """Returns how many were asked. Safe to run twice: each is asked once."""
    now = timezone.now()
    silent = Subscriber.objects.filter(
        territory__in=Territory.objects.with_plugin("newsletter"),
        state=SubscriberState.ACTIVE,
        seen_at__lt=now - SILENCE,
        asked_at=None,
    )
    asked = 0
    for pk in list(silent.order_by("seen_at", "pk").values_list("pk", flat=True)[:ASKED_AT_MOST]):
        with transaction.atomic():
            # Taken before the message is written: two that run at once ask once.
            if not silent.filter(pk=pk).update(asked_at=now):
                continue
            subscriber = Subscriber.objects.select_related("territory__site").get(pk=pk)
            ask_whether_they_stay(subscriber)
            asked += 1
    return asked


def erase_the_silent() -> int:
    """Returns how many went: those who were asked and did not answer, those who left long ago."""
    now = timezone.now()
    unanswered = Subscriber.objects.filter(
        state=SubscriberState.ACTIVE, seen_at__lt=now - SILENCE, asked_at__lt=now - TO_ANSWER
    )
    gone = Subscriber.objects.filter(state__in=GONE, left_at__lt=now - SILENCE)
    erased = 0
    for rows in (unanswered, gone):
        for subscriber in rows.select_related("territory").order_by("pk")[:ERASED_AT_MOST]:
            # Silence is no objection: they may come back as anybody may.
            erase(subscriber, objects=False)
            erased += 1
    return erased
