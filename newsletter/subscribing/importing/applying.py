"""A plan carried out, a slice at a time: each is written whole, with where the next begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from newsletter.models import Consent, Subscriber, SubscriberFile, SubscriberState
from newsletter.subscribing.joining import ask_to_confirm, pending_or_known
from newsletter.subscribing.leaving import objects
from territories.audit.recording import record

from .planning import Kind, Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

SLICE = 100
# Fewer are written while somebody waits for the page.
AT_ONCE = 500
# A plan that nobody said yes to; also, of one that is done, what it became.
KEPT = timedelta(days=7)


def keep_plan(
    *, territory: Territory, plan: Plan, name: str, words: str, is_proven: bool, added_by: User
) -> SubscriberFile:
    """Nothing of it is a reader yet: somebody reads the plan first."""
    rows = [
        [line.entry.where, line.entry.email, dict(line.entry.wishes)] for line in plan.of(Kind.NEW)
    ]
    return SubscriberFile.objects.create(
        territory=territory,
        name=name[:250],
        words=words,
        is_proven=is_proven,
        rows=rows,
        total=len(rows),
        added_by=added_by,
    )


def start(file: SubscriberFile) -> None:
    """Safe to run twice."""
    from .tasks import go_on

    SubscriberFile.objects.filter(pk=file.pk, started_at=None).update(started_at=timezone.now())
    if file.total <= AT_ONCE:
        while bring_slice(file.pk):
            pass
    else:
        transaction.on_commit(partial(go_on.enqueue, file.pk))


@transaction.atomic
def bring_slice(pk: int) -> bool:
    """Whether something is left. Two that run at once wait for each other."""
    file = SubscriberFile.objects.select_for_update(of=("self",)).get(pk=pk)
    if file.ended_at or not file.started_at:
        return False
    became = Counter(file.counts)
    for _where, email, wishes in file.rows[file.done : file.done + SLICE]:
        became[bring(file, email, wishes)] += 1
    file.done = min(file.done + SLICE, file.total)
    file.counts = dict(became)
    is_over = file.done == file.total
    if is_over:
        file.ended_at, file.rows = timezone.now(), []
        tell(file)
    file.save(update_fields=["done", "counts", "ended_at", "rows"])
    return not is_over


def bring(file: SubscriberFile, email: str, wishes: Mapping[str, Any]) -> str:
    """Asked again of each: since the plan was shown, somebody may have left."""
    if objects(file.territory, email):
        return "objected"
    reader = pending_or_known(file.territory, email, wishes["language"])
    if reader.state != SubscriberState.PENDING:
        return "known"
    if file.is_proven:
        make_reader(file, reader, wishes)
        return "active"
    is_mailed = ask_to_confirm(
        territory=file.territory,
        email=email,
        wishes=wishes,
        words=file.words,
        source=Consent.Source.IMPORT,
        language=wishes["language"],
        added_by=file.added_by,
    )
    return "mailed" if is_mailed else "known"


def make_reader(file: SubscriberFile, reader: Subscriber, wishes: Mapping[str, Any]) -> None:
    for name, value in wishes.items():
        setattr(reader, name, value)
    reader.state = SubscriberState.ACTIVE
    reader.seen_at = timezone.now()
    reader.save()
    Consent.objects.create(
        subscriber=reader,
        source=Consent.Source.IMPORT,
        words=file.words,
        is_proven=True,
        added_by=file.added_by,
    )


def tell(file: SubscriberFile) -> None:
    counts = Counter(file.counts)
    record(
        territory=file.territory,
        action="subscribers.import",
        user=file.added_by,
        made=counts["active"],
        mailed=counts["mailed"],
    )


def resume_files() -> int:
    """Those whose worker died go on. Returns how many."""
    from .tasks import go_on

    left = SubscriberFile.objects.filter(ended_at=None).exclude(started_at=None)
    found = list(left.values_list("pk", flat=True))
    for pk in found:
        go_on.enqueue(pk)
    return len(found)


def forget_files() -> int:
    """Addresses of a plan that nobody said yes to, and what became of those that were."""
    limit = timezone.now() - KEPT
    old = SubscriberFile.objects.filter(created_at__lt=limit)
    number, _each = (old.filter(started_at=None) | old.exclude(ended_at=None)).delete()
    return number
