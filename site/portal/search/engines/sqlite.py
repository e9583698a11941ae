"""SQLite's FTS5, with words prepared by us: it knows neither French nor our filters."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from portal.search.french import prepare

from . import Reading
from .sql import SqlEngine, by_kind

if TYPE_CHECKING:
    from portal.search.documents import SearchDocumentQuerySet
    from portal.search.french import Wording
    from portal.search.models import SearchDocument

TABLE = "portal_search_words"
# Of the columns title, words, summary, body. A word of the title tells most; the words of codes
# little: those of a whole family stand in each of its services.
WEIGHTS = "10.0, 2.0, 4.0, 1.0"

# The matches stand first and for themselves: joined any other way, the planner may look each
# document up in the full-text index, and ten thousand matches then take seconds.
HITS = (
    f"WITH hits AS MATERIALIZED (SELECT rowid AS id, bm25({TABLE}, {WEIGHTS}) AS score "  # noqa: S608
    f"FROM {TABLE} WHERE {TABLE} MATCH %s) "
)


class SqliteEngine(SqlEngine):
    def put(self, document: SearchDocument) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [document.pk])  # noqa: S608
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, title, words, summary, body) "  # noqa: S608
                "VALUES (%s, %s, %s, %s, %s)",
                [
                    document.pk,
                    prepare(document.title),
                    prepare(f"{document.words} {document.place}"),
                    prepare(document.summary),
                    prepare(document.body),
                ],
            )

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608
                [[pk] for pk in ids],
            )

    def prune(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE rowid NOT IN "  # noqa: S608
                "(SELECT id FROM portal_search_searchdocument WHERE NOT is_withdrawn)"
            )
            return cursor.rowcount

    def count(self, documents, wording, reading) -> list[tuple[str, int]]:
        return self._run(by_kind(_hit(documents)), wording, reading)

    def best(self, documents, wording, reading, start, stop) -> list[int]:
        # bm25 is below zero, and lower is better: favour makes it lower still.
        rank = RawSQL("hits.score", (), FloatField()) * F("favour")
        ordered = _hit(documents).annotate(rank=rank).order_by("past", "rank", "title", "pk")
        return [
            row[0] for row in self._run(ordered.values_list("pk")[start:stop], wording, reading)
        ]

    def _run(self, queryset: QuerySet, wording: Wording, reading: Reading) -> list[tuple]:
        sql, parameters = queryset.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(HITS + sql, [match(wording, reading), *parameters])
            return cursor.fetchall()


def _hit(documents: SearchDocumentQuerySet) -> SearchDocumentQuerySet:
    return documents.extra(tables=["hits"], where=["hits.id = portal_search_searchdocument.id"])


def match(wording: Wording, reading: Reading) -> str:
    """An FTS5 expression; stems hold letters and figures only, so that quotes suffice."""
    terms = [f'"{stem}"' for stem in wording.stems]
    if reading is not Reading.ALL and wording.beginning:
        terms[-1] = f'({terms[-1]} OR "{wording.beginning}" *)'
    return (" OR " if reading is Reading.ANY else " AND ").join(terms)
