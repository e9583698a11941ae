"""Saying that documents are out of date. The rows are the queue: a raised `version` is a task."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.contributions import Searchable
from territories.plugins.registry import contributions

from .models import SearchDocument
from .tasks import index_documents

ROWS_AT_ONCE = 500


@cache
def searchables() -> dict[type[Page], Searchable]:
    """The page types that can be found."""
    return {
        apps.get_model(searchable.model): searchable
        for _plugin, searchable in contributions("SEARCHABLES")
    }


def searchable_types() -> list[ContentType]:
    types = ContentType.objects.get_for_models(*searchables(), for_concrete_models=False)
    return list(types.values())


def mark_stale(pages: QuerySet[Page], *, hide: bool = False) -> None:
    """The documents of these pages, in all languages, are to be read again.

    `hide`: what these pages say must not be found until then. When they are records, neither
    must their translations, which say the same.
    """
    add_missing(pages)
    if hide:
        records = pages.filter(locale__language_code=SOURCE_LANGUAGE)
        SearchDocument.objects.filter(
            Q(page__in=pages.values("pk"))
            | Q(translation_key__in=records.values("translation_key"))
        ).update(is_withdrawn=True)
    touch(SearchDocument.objects.filter(translation_key__in=pages.values("translation_key")))


def touch(documents: QuerySet[SearchDocument]) -> int:
    """These rows are to be read again: raise their versions and wake the indexer at commit."""
    page_now = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=OuterRef("language")
    )
    touched = documents.update(
        version=F("version") + 1, retry_at=None, page=Subquery(page_now.values("pk")[:1])
    )
    if touched:
        wake_the_indexer()
    return touched


def missing(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Published pages that can be found and have no row yet."""
    row = SearchDocument.objects.filter(
        translation_key=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    return pages.filter(content_type__in=searchable_types(), live=True).exclude(Exists(row))


def add_missing(pages: QuerySet[Page]) -> None:
    # First: two who publish the same page at once then both raise the version of one row.
    rows = [
        SearchDocument(page_id=pk, translation_key=key, language=language)
        for pk, key, language in missing(pages).values_list(
            "pk", "translation_key", "locale__language_code"
        )
    ]
    SearchDocument.objects.bulk_create(rows, ROWS_AT_ONCE, ignore_conflicts=True)


def branches(paths: Iterable[str]) -> QuerySet[Page]:
    """The pages at these tree paths and all that stands below them."""
    below = Q(pk=None)
    for path in paths:
        below |= Q(path__startswith=path)
    return Page.objects.filter(below)


def wake_the_indexer() -> None:
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    # One task reads all that waits: a hundred pages published together need no more of them. A
    # task that has not begun will see what has just been committed.
    queued = DBTaskResult.objects.ready().filter(task_path=index_documents.module_path)
    if SearchDocument.objects.waiting(timezone.now()).exists() and not queued.exists():
        index_documents.enqueue()
