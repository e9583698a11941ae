"""Bringing the search documents, and the engine's index of them, up to date.

A row is read for the version it has, and what was read is kept only while it still has it: several
workers may do this at once, and a change made while a page is being read leaves its row waiting.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page

from .engines import Engine, EngineDown, engine
from .faceting import keep_facets
from .models import SearchDocument
from .reading import NOTHING, Read, Reader
from .stale import add_missing, touch
from .wording.known import learn, texts_of, unlearn_all_but

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 100
# So many at once change what the database should believe of its tables.
MANY_ROWS = 1_000
# A page that cannot be read, or an event in progress, is not looked at again every minute.
LOOK_AGAIN_AFTER = timedelta(minutes=10)
REMEMBERED = 24 * 3600


def index_waiting(report: Callable[[int], None] = lambda done: None) -> int:
    """Read again all that waits, and tell the engine; returns the number of rows that were read."""

    def go_on(done: int) -> None:
        report(done)
        send_waiting()  # what was read is found before the rest is

    done = read_waiting(go_on)
    send_waiting()
    return done


def read_waiting(report: Callable[[int], None] = lambda done: None) -> int:
    """`report` is told how many rows are done. The database can be searched then."""
    now, done, found = timezone.now(), 0, engine()
    while rows := list(
        SearchDocument.objects.waiting(now)
        .select_related("territory")
        .prefetch_related("shown_in")[:ROWS_AT_ONCE]
    ):
        reader = Reader(rows, now)
        for row in rows:
            try:
                store(row, reader.read(row), found)
            except Exception as error:
                logger.exception("Page %s could not be indexed for search", row.page_id)
                remember({row.pk: f"{type(error).__name__}: {error}"})
                SearchDocument.objects.filter(pk=row.pk).update(retry_at=now + LOOK_AGAIN_AFTER)
        learn(texts_of(row for row in rows if not row.is_withdrawn))
        done += len(rows)
        report(done)
    if done > MANY_ROWS:
        found.take_stock()
    return done


def send_waiting() -> None:
    """Tell an engine outside the database what was read. While it does not answer the rows wait,
    and the database answers in its place."""
    now, found = timezone.now(), engine()
    if not found.is_outside:
        return
    try:
        found.prepare()
        while rows := list(
            SearchDocument.objects.unsent(now).prefetch_related("shown_in")[:ROWS_AT_ONCE]
        ):
            confirm(rows, found.send(rows))
    except EngineDown:
        return  # said by the engine; the job comes back every minute


def confirm(rows: Sequence[SearchDocument], refused: Mapping[int, str]) -> None:
    """The engine has these rows as they were read; those that it refuses are tried again."""
    if refused:
        for pk, why in sorted(refused.items()):
            logger.error("Search document %s refused by the engine: %s", pk, why)
        remember(refused)
        again = SearchDocument.objects.filter(pk__in=refused)
        again.update(retry_at=timezone.now() + LOOK_AGAIN_AFTER)
    sent = [row for row in rows if row.pk not in refused]
    for row in sent:
        row.sent_version = row.version
    SearchDocument.objects.bulk_update(sent, ["sent_version"])
    gone = [row.pk for row in sent if row.is_withdrawn and row.page_id is None]
    SearchDocument.objects.filter(
        pk__in=gone, version=F("sent_version"), is_withdrawn=True, page=None
    ).delete()


def remember(reasons: Mapping[int, str]) -> None:
    """For `search_status`, in whatever process it runs."""
    cache.set_many({f"search-trouble-{pk}": why for pk, why in reasons.items()}, REMEMBERED)


def remembered(ids: Collection[int]) -> dict[int, str]:
    """Why documents could not be read or were refused the last time, as far as it is known."""
    found = cache.get_many([f"search-trouble-{pk}" for pk in ids])
    return {int(key.removeprefix("search-trouble-")): why for key, why in found.items()}


def store(row: SearchDocument, read: Read, found: Engine) -> None:
    """Keep what was read for this version of the row, or withdraw it; a newer version stands."""
    withdrawn = read.facts is None
    values = {**NOTHING, **read.origin, **(read.facts or {})}
    territory = read.origin["territory"]
    shown_in = {territory.pk} if territory is not None and not withdrawn else set()
    with transaction.atomic():
        current = SearchDocument.objects.filter(pk=row.pk, version=row.version)
        if not current.update(
            **values,
            is_withdrawn=withdrawn,
            indexed_version=row.version,
            retry_at=None,
            updated_at=timezone.now(),
        ):
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.is_withdrawn = withdrawn
        keep_facets([row])
        if {place.pk for place in row.shown_in.all()} != shown_in:
            row.shown_in.set(shown_in)
        if not withdrawn:
            found.put(row)
            return
        found.remove([row.pk])
        if row.page_id is None and not found.is_outside:
            # The engine has forgotten it, and no page can come back: the tombstone may go.
            current.delete()


def mark_passed() -> None:
    """Documents whose next date or whose end has come say something else now."""
    now = timezone.now()
    touch(
        SearchDocument.objects.filter(is_withdrawn=False).filter(
            Q(next_date__lt=now, updated_at__lt=now - LOOK_AGAIN_AFTER) | Q(expires_at__lte=now)
        )
    )


def mark_everything() -> int:
    """Every page that can be found is to be read again; returns how many rows wait."""
    add_missing(Page.objects.all())
    engine().prune()
    return touch(SearchDocument.objects.all())


def unlearn() -> int:
    """Forget words that no document holds any more; returns how many."""
    readable = SearchDocument.objects.filter(is_withdrawn=False)
    return unlearn_all_but(texts_of(readable.iterator()))
