"""SQLite's FTS5, with words prepared by us: it knows neither French nor our filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F, FloatField, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from portal.search.wording.stems import prepare

from . import Reading
from .sql import SqlEngine, by_kind, parts_of

if TYPE_CHECKING:
    from portal.search.documents import SearchDocumentQuerySet
    from portal.search.models import SearchDocument
    from portal.search.wording.question import Part, Wording
    from portal.search.wording.synonyms import Phrase

TABLE = "portal_search_words"
# Of the columns title, words, summary, body. A word of the title tells most; the words of codes
# little: those of a whole family stand in each of its services.
SCORE = f"bm25({TABLE}, 10.0, 2.0, 4.0, 1.0)"
# Where a word tells what a document is about: its body may name anything in passing.
TELLING = "{title words summary}"
# What has the words themselves, side by side as they were asked for, stands above what has them
# apart, and that above what says the same in others.
TOGETHER, OWN, MEANT, UNFINISHED, OTHERS = 1.5, 1.0, 0.8, 0.6, 0.5

# The matches stand first and for themselves: joined any other way, the planner may look each
# document up in the full-text index, and ten thousand matches then take seconds.
MATCHES = f"SELECT rowid AS id, %s AS parts FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
COUNTED = f"WITH hits AS MATERIALIZED ({MATCHES}) "
# Of one part of the question, each way in which a document may answer it; the best one counts.
WAY = (
    f"SELECT rowid AS id, %s AS part, {SCORE} * %s AS score "  # noqa: S608
    f"FROM {TABLE} WHERE {TABLE} MATCH %s"
)
SCORED = (
    "WITH ways AS MATERIALIZED ({ways}), "
    "answers AS (SELECT id, part, min(score) AS score FROM ways GROUP BY id, part), "
    "hits AS MATERIALIZED "
    "(SELECT id, count(*) AS parts, sum(score) AS score FROM answers GROUP BY id) "
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
        rank = RawSQL("hits.score", (), FloatField()) * F("favour") * F("parts")
        ordered = (
            _hit(documents)
            .filter(parts__gte=parts)
            .annotate(rank=rank)
            .order_by("past", "rank", "title", "pk")
        )
        rows = self._run(ordered.values_list("pk")[start:stop], *scored(wording, reading))
        return [row[0] for row in rows]

    def _run(self, queryset: QuerySet, hits: str, asked: list[str | int | float]) -> list[tuple]:
        sql, parameters = queryset.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(hits + sql, [*asked, *parameters])
            return cursor.fetchall()


def _hit(documents: SearchDocumentQuerySet) -> SearchDocumentQuerySet:
    hit = documents.extra(tables=["hits"], where=["hits.id = portal_search_searchdocument.id"])
    return hit.annotate(parts=RawSQL("hits.parts", (), IntegerField()))


def counted(wording: Wording, reading: Reading) -> tuple[str, list[str | int | float]]:
    """The table `hits`: id, and how many `parts` of the question a document answers."""
    if reading is Reading.ANY:
        return scored(wording, reading)
    parts = parts_of(wording, reading)
    return COUNTED, [len(parts), every(parts)]


def scored(wording: Wording, reading: Reading) -> tuple[str, list[str | int | float]]:
    """The same with its `score`."""
    parts = parts_of(wording, reading)
    within = f"{TELLING} : ({{way}})" if reading is Reading.ANY else f"({{way}}) AND {every(parts)}"
    asked = [
        value
        for number, (part, beginning) in enumerate(parts)
        for way, weight in ways_of(part, beginning)
        for value in (number, weight, within.replace("{way}", way))
    ]
    return SCORED.format(ways=" UNION ALL ".join([WAY] * (len(asked) // 3))), asked


def every(parts: Sequence[tuple[Part, str]]) -> str:
    alternatives = [
        " OR ".join(f"({way})" for way, _weight in ways_of(part, beginning))
        for part, beginning in parts
    ]
    return " AND ".join(f"({ways})" for ways in alternatives)


def ways_of(part: Part, beginning: str) -> Iterator[tuple[str, float]]:
    """FTS5 expressions; stems hold letters and figures only, so that quotes suffice."""
    if part.stems:
        yield " AND ".join(quoted((stem,)) for stem in part.stems), OWN
    if len(part.stems) > 1:
        yield quoted(part.stems), TOGETHER
    if beginning:
        yield f'"{beginning}" *', UNFINISHED
    yield from ((quoted(phrase), MEANT) for phrase in part.forgiven)
    yield from ((quoted(phrase), OTHERS) for phrase in part.others)


def quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'
