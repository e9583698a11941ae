"""PostgreSQL's full-text search, with words prepared by us: no configuration of the server, whose
French differs from the other engines', reads a document or a question."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection

from portal.search.wording.stems import prepare

from . import Places, Reading
from .sql import Hits, SqlEngine, found_in
from .ways import IN_PASSING, Way, parts_of, ways_of

if TYPE_CHECKING:
    from portal.search.models import SearchDocument
    from portal.search.wording.question import Part

TABLE = "portal_search_vectors"
# Of body, words, summary, title, as they are weighed in SQLite.
WEIGHTS = "{0.05, 0.2, 0.4, 1.0}"
# Where a word tells what a document is about: its body may name anything in passing.
TELLING, TELLING_WEIGHTS = "ABC", "{0.0, 0.2, 0.4, 1.0}"
# The weights of title, words, summary, body.
FIELDS = ["A", "C", "B", "D"]
# What no stem begins with.
NO_BEGINNING = " "
MOST_COUNTED = 20_000
# The server refuses words of more than 2 kB. No question is that long.
LONGEST_WORD = 500

COUNTED = (
    "WITH hits AS MATERIALIZED (SELECT document_id AS id, %s::integer AS parts "  # noqa: S608
    f"FROM {TABLE} WHERE words @@ %s::tsquery{{here}}) "
)
# How well a document answers in one way; 0 when it does not.
WAY = "CASE WHEN words @@ %s::tsquery THEN ts_rank(%s::real[], words, %s::tsquery) * %s ELSE 0 END"


class PostgresEngine(SqlEngine):
    holds = (TABLE, "document_id")

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

    def places(self, ids, stems, beginning="") -> dict[int, Places]:
        found: dict[int, Places] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT document_id, word.lexeme, word.weights, word.positions "  # noqa: S608
                f"FROM {TABLE}, unnest(words) AS word WHERE document_id = ANY(%s) "
                "AND (word.lexeme = ANY(%s) OR starts_with(word.lexeme, %s))",
                [list(ids), list(stems), beginning or NO_BEGINNING],
            )
            for pk, stem, weights, positions in cursor.fetchall():
                places = zip(map(FIELDS.index, weights), positions, strict=True)
                found.setdefault(pk, {})[stem] = list(places)  # type: ignore[index]
        return found

    def held_by(self, stems) -> dict[str, int]:
        asked = list(stems)
        each = [
            # Beyond, a word is frequent whatever their number.
            f"(SELECT count(*) FROM (SELECT FROM {TABLE} WHERE words @@ %s::tsquery "  # noqa: S608
            f"LIMIT {MOST_COUNTED}) AS held)"
            if stem
            else "(SELECT count(*) FROM portal_search_searchdocument WHERE NOT is_withdrawn)"
            for stem in asked
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(each)}", [quoted(stem) for stem in asked if stem])
            return dict(zip(asked, cursor.fetchone(), strict=True))

    def take_stock(self) -> None:
        """The planner believes in the last count, which the server makes of its own accord, and
        late. SQLite plans the same without one."""
        models = apps.get_app_config("portal_search").get_models(include_auto_created=True)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join([TABLE, *(one._meta.db_table for one in models)])}")

    def counted(self, wording, reading, where) -> Hits:
        if reading is Reading.ANY:
            return self.scored(wording, reading, where)
        parts = parts_of(wording, reading)
        here = found_in(where, "document_id")
        return COUNTED.format(here=here), [len(parts), whole(parts)]

    def scored(self, wording, reading, where) -> Hits:
        # One reading of the vectors, not one for each way as in SQLite: the planner knows how many
        # match, and joins them three times as fast.
        parts = parts_of(wording, reading)
        is_any = reading is Reading.ANY
        weights, fields = (TELLING_WEIGHTS, TELLING) if is_any else (WEIGHTS, "")
        within = whole(parts, fields, " | " if is_any else " & ")
        strictly = whole(parts_of(wording, Reading.ALL))
        if is_any:
            within += f" | ({strictly})"
        best: list[str] = []
        asked: list[str | int | float] = []
        for part, beginning in parts:
            ways = [
                (written(way, fields), weights, weight) for way, weight in ways_of(part, beginning)
            ]
            if is_any:
                ways.append((strictly, WEIGHTS, IN_PASSING))
            best.append(f"greatest({', '.join([WAY] * len(ways))})")
            for query, at, weight in ways:
                asked += [query, at, query, weight]
        scores = ", ".join(f"{score} AS score_{number}" for number, score in enumerate(best))
        names = [f"score_{number}" for number in range(len(best))]
        hits = (
            f"WITH answers AS MATERIALIZED (SELECT document_id AS id, {scores} "  # noqa: S608
            f"FROM {TABLE} WHERE words @@ %s::tsquery{found_in(where, 'document_id')}), "
            "hits AS MATERIALIZED "
            f"(SELECT id, {' + '.join(f'({name} > 0)::integer' for name in names)} AS parts, "
            f"{' + '.join(names)} AS score FROM answers) "
        )
        return hits, [*asked, within]


def vector(document: SearchDocument) -> str:
    """As PostgreSQL writes one: each stem with its place and the weight of its field."""
    fields = (
        (document.title, "A"),
        (document.summary, "B"),
        (f"{document.words} {document.place}", "C"),
        (document.body, "D"),
    )
    return " ".join(_positioned(fields, document.language))


def _positioned(fields: Sequence[tuple[str, str]], language: str) -> Iterator[str]:
    at = 0
    for text, weight in fields:
        for stem in prepare(text, language).split():
            at += 1
            yield f"{quoted(stem)}:{at}{weight}"
        at += 1  # no phrase goes from one field into the next


def whole(parts: Sequence[tuple[Part, str]], where: str = "", between: str = " & ") -> str:
    """Every part of the question, or with " | " any of them."""
    alternatives = [
        " | ".join(f"({written(way, where)})" for way, _weight in ways_of(part, beginning))
        for part, beginning in parts
    ]
    return between.join(f"({ways})" for ways in alternatives)


def written(way: Way, where: str = "") -> str:
    """As a tsquery; `where` names the weights of the fields to look in, "" all of them."""
    flags = f"*{where}" if way.how == "unfinished" else where
    between = " & " if way.how == "anywhere" else " <-> "
    phrases = (
        between.join(quoted(stem) + (f":{flags}" if flags else "") for stem in stems)
        for stems in way.phrases
    )
    return " | ".join(f"({phrase})" for phrase in phrases)


def quoted(stem: str) -> str:
    """Stems hold letters and figures only: nothing in them ends a quotation."""
    return f"'{stem[:LONGEST_WORD]}'"
