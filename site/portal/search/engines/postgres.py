"""PostgreSQL's full-text search, with words prepared by us: no configuration of the server, whose
French differs from the other engines', reads a document or a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.db import connection

from portal.search.wording.stems import prepare

from . import Reading
from .sql import Hits, SqlEngine, best_way
from .ways import IN_PASSING, Way, parts_of, ways_of

if TYPE_CHECKING:
    from portal.search.models import SearchDocument

TABLE = "portal_search_vectors"
# Of body, words, summary, title, as they are weighed in SQLite.
WEIGHTS = "{0.05, 0.2, 0.4, 1.0}"
# Where a word tells what a document is about: its body may name anything in passing.
TELLING, TELLING_WEIGHTS = "ABC", "{0.0, 0.2, 0.4, 1.0}"
# The server refuses words of more than 2 kB. No question is that long.
LONGEST_WORD = 500

COUNTED = (
    "WITH hits AS MATERIALIZED (SELECT document_id AS id, %s::integer AS parts "  # noqa: S608
    f"FROM {TABLE} WHERE words @@ %s::tsquery) "
)
WAY = (
    "SELECT document_id AS id, %s::integer AS part, "  # noqa: S608
    "ts_rank(%s::real[], words, %s::tsquery) * %s AS score "
    f"FROM {TABLE} WHERE words @@ %s::tsquery"
)


class PostgresEngine(SqlEngine):
    def put(self, document: SearchDocument) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (document_id, words) VALUES (%s, %s::tsvector) "  # noqa: S608
                "ON CONFLICT (document_id) DO UPDATE SET words = EXCLUDED.words",
                [document.pk, vector(document)],
            )

    def remove(self, ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE document_id = ANY(%s)",  # noqa: S608
                [list(ids)],
            )

    def prune(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE document_id NOT IN "  # noqa: S608
                "(SELECT id FROM portal_search_searchdocument WHERE NOT is_withdrawn)"
            )
            return cursor.rowcount

    def counted(self, wording, reading) -> Hits:
        if reading is Reading.ANY:
            return self.scored(wording, reading)
        parts = parts_of(wording, reading)
        return COUNTED, [len(parts), every(parts)]

    def scored(self, wording, reading) -> Hits:
        parts = parts_of(wording, reading)
        is_any = reading is Reading.ANY
        weights, where = (TELLING_WEIGHTS, TELLING) if is_any else (WEIGHTS, "")
        asked = []
        for number, (part, beginning) in enumerate(parts):
            for way, weight in ways_of(part, beginning):
                query = written(way, where)
                within = query if is_any else f"({query}) & {every(parts)}"
                asked += [number, weights, query, weight, within]
            if is_any:
                strictly = every(parts_of(wording, Reading.ALL))
                asked += [number, WEIGHTS, strictly, IN_PASSING, strictly]
        return best_way([WAY] * (len(asked) // 5)), asked


def vector(document: SearchDocument) -> str:
    """As PostgreSQL writes one: each stem with its place and the weight of its field."""
    fields = (
        (document.title, "A"),
        (document.summary, "B"),
        (f"{document.words} {document.place}", "C"),
        (document.body, "D"),
    )
    return " ".join(_positioned(fields, document.language))


def _positioned(fields, language: str) -> Iterator[str]:
    at = 0
    for text, weight in fields:
        for stem in prepare(text, language).split():
            at += 1
            yield f"{quoted(stem)}:{at}{weight}"
        at += 1  # no phrase goes from one field into the next


def every(parts) -> str:
    alternatives = [
        " | ".join(f"({written(way)})" for way, _weight in ways_of(part, beginning))
        for part, beginning in parts
    ]
    return " & ".join(f"({ways})" for ways in alternatives)


def written(way: Way, where: str = "") -> str:
    """As a tsquery; `where` names the weights of the fields to look in, "" all of them."""
    flags = f"*{where}" if way.how == "unfinished" else where
    between = " & " if way.how == "anywhere" else " <-> "
    return between.join(quoted(stem) + (f":{flags}" if flags else "") for stem in way.stems)


def quoted(stem: str) -> str:
    """Stems hold letters and figures only: nothing in them ends a quotation."""
    return f"'{stem[:LONGEST_WORD]}'"
