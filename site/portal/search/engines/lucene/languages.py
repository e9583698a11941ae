"""What a record in the source language is told of its translations, which stand for it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from portal.search.models import SearchDocument
from territories.pages.base import SOURCE_LANGUAGE


def with_their_records(documents: Sequence[SearchDocument]) -> list[SearchDocument]:
    """Documents, and those of their records in the source language, which know the languages."""
    keys = {row.translation_key for row in documents if row.language != SOURCE_LANGUAGE}
    if not keys:
        return list(documents)
    records = (
        SearchDocument.objects.filter(
            translation_key__in=keys, language=SOURCE_LANGUAGE, is_withdrawn=False
        )
        .exclude(pk__in=[row.pk for row in documents])
        .prefetch_related("shown_in")
    )
    return [*documents, *records]


def translations_of(
    documents: Sequence[SearchDocument],
) -> dict[uuid.UUID, list[tuple[str, datetime | None]]]:
    keys = {row.translation_key for row in documents if row.language == SOURCE_LANGUAGE}
    found: dict[uuid.UUID, list[tuple[str, datetime | None]]] = {}
    rows = SearchDocument.objects.filter(translation_key__in=keys, is_withdrawn=False).exclude(
        language=SOURCE_LANGUAGE
    )
    for key, language, expires_at in rows.values_list("translation_key", "language", "expires_at"):
        found.setdefault(key, []).append((language, expires_at))
    return found
