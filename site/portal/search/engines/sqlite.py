"""SQLite's FTS5, with words prepared by us: it knows neither French nor our filters."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, FloatField, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from portal.search.wording.stems import prepare

from . import Reading
from .sql import SqlEngine, by_kind

if TYPE_CHECKING:
    from portal.search.documents import SearchDocumentQuerySet
    from portal.search.models import SearchDocument
    from portal.search.wording.question import Part, Wording
    from portal.search.wording.synonyms import Phrase

TABLE = "portal_search_words"
# Of the columns title, words, summary, body. A word of the title tells most; the words of codes
# little: those of a whole family stand in each of its services.
SCORE = f"bm25({TABLE}, 10.0, 2.0, 4.0, 1.0)"
# A document that has the words themselves stands above one that says the same in others.
OTHER_WORDS = 0.35

IDS = f"SELECT rowid AS id FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
SCORES = f"SELECT rowid AS id, {SCORE} AS score FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608

# The matches stand first and for themselves: joined any other way, the planner may look each
# document up in the full-text index, and ten thousand matches then take seconds.
COUNTED = f"WITH hits AS MATERIALIZED (SELECT id, %s AS parts FROM ({IDS})) "  # noqa: S608
SCORED = (
    f"WITH own AS MATERIALIZED ({SCORES}), hits AS MATERIALIZED "  # noqa: S608
    f"(SELECT found.id, %s AS parts, found.score * {OTHER_WORDS} + coalesce(own.score, 0) AS score "
    f"FROM ({SCORES}) AS found LEFT JOIN own ON own.id = found.id) "
)
SOME_PARTS = (
    "WITH hits AS MATERIALIZED "
    "(SELECT id, count(*) AS parts, sum(score) AS score FROM ({each}) GROUP BY id) "
)


class SqliteEngine(SqlEngine):
    def put(self, document: SearchDocument) -> None:
        columns = (
            document.title,
            f"{document.words} {document.place}",
            document.summary,
            document.body,
        )
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [document.pk])  # noqa: S608
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, title, words, summary, body) "  # noqa: S608
                "VALUES (%s, %s, %s, %s, %s)",
                [document.pk, *(prepare(text, document.language) for text in columns)],
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

    def count(self, documents, wording, reading) -> list[tuple[str, int, int]]:
        return self._run(by_kind(_hit(documents)), *counted(wording, reading))

    def best(self, documents, wording, reading, parts, start, stop) -> list[int]:
        # bm25 is below zero, and lower is better: favour makes it lower still.
        rank = RawSQL("hits.score", (), FloatField()) * F("favour")
        ordered = (
            _hit(documents)
            .filter(parts__gte=parts)
            .annotate(rank=rank)
            .order_by("past", "-parts", "rank", "title", "pk")
        )
        rows = self._run(ordered.values_list("pk")[start:stop], *scored(wording, reading))
        return [row[0] for row in rows]

    def _run(self, queryset: QuerySet, hits: str, asked: list[str | int]) -> list[tuple]:
        sql, parameters = queryset.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(hits + sql, [*asked, *parameters])
            return cursor.fetchall()


def _hit(documents: SearchDocumentQuerySet) -> SearchDocumentQuerySet:
    hit = documents.extra(tables=["hits"], where=["hits.id = portal_search_searchdocument.id"])
    return hit.annotate(parts=RawSQL("hits.parts", (), IntegerField()))


def counted(wording: Wording, reading: Reading) -> tuple[str, list[str | int]]:
    """The table `hits`: id, and how many `parts` of the question a document answers."""
    parts = expressions(wording, reading)
    if reading is Reading.ANY:
        return scored(wording, reading)
    return COUNTED, [len(parts), " AND ".join(parts)]


def scored(wording: Wording, reading: Reading) -> tuple[str, list[str | int]]:
    """The same with its `score`."""
    parts = expressions(wording, reading)
    if reading is Reading.ANY:
        return SOME_PARTS.format(each=" UNION ALL ".join([SCORES] * len(parts))), [*parts]
    every = " AND ".join(parts)
    own = " OR ".join(map(quoted, wording.own_phrases))
    return SCORED, [f"({own}) AND ({every})", len(parts), every]


def expressions(wording: Wording, reading: Reading) -> list[str]:
    """Each part of the question in FTS5's words."""
    parts = [match_part(part) for part in wording.parts]
    if reading is not Reading.ALL and wording.beginning:
        parts[-1] = f'({parts[-1]} OR "{wording.beginning}" *)'
    return parts


def match_part(part: Part) -> str:
    """An FTS5 expression; stems hold letters and figures only, so that quotes suffice."""
    own = " AND ".join(map(quoted, ((stem,) for stem in part.stems)))
    return "(" + " OR ".join([f"({own})", *map(quoted, part.phrases)]) + ")"


def quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'
