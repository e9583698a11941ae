"""SQLite's FTS5, with words prepared by us: it knows neither French nor our filters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import connection

from portal.search.wording.stems import prepare

from . import Places, Reading
from .sql import Hits, SqlEngine, found_in
from .ways import IN_PASSING, Way, parts_of, ways_of

if TYPE_CHECKING:
    from portal.search.models import SearchDocument
    from portal.search.wording.question import Part

TABLE = "portal_search_words"
# Of the columns title, words, summary, body. A word of the title tells most; the words of codes
# little: those of a whole family stand in each of its services.
SCORE = f"bm25({TABLE}, 10.0, 2.0, 4.0, 0.5)"
# Where a word tells what a document is about: its body may name anything in passing.
TELLING = "{title words summary}"
COUNTED = (
    f"WITH hits AS MATERIALIZED "  # noqa: S608
    f"(SELECT rowid AS id, %s AS parts FROM {TABLE} WHERE {TABLE} MATCH %s{{here}}) "
)
# Of one part of the question, each way in which a document may answer it; the best one counts.
# bm25 is below zero, and lower is better.
WAY = (
    f"SELECT rowid AS id, %s AS part, {SCORE} * -%s AS score "  # noqa: S608
    f"FROM {TABLE} WHERE {TABLE} MATCH %s{{here}}"
)
# With a sign, so that no document is looked up in the index by its number.
PK = "+rowid"
SCORED = (
    "WITH ways AS MATERIALIZED ({ways}), "
    "answers AS (SELECT id, part, max(score) AS score FROM ways GROUP BY id, part), "
    "hits AS MATERIALIZED "
    "(SELECT id, count(*) AS parts, sum(score) AS score FROM answers GROUP BY id) "
)


class SqliteEngine(SqlEngine):
    holds = (f"{TABLE}_docsize", "id")

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

    def places(self, ids, stems, beginning="") -> dict[int, Places]:
        wanted, found = set(stems), {}
        marks = ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, title, words, summary, body FROM {TABLE} "  # noqa: S608
                f"WHERE rowid IN ({marks})",
                list(ids),
            )
            for pk, *columns in cursor.fetchall():
                places: dict[str, list[tuple[int, int]]] = {}
                for field, text in enumerate(columns):
                    for at, stem in enumerate(text.split()):
                        if stem in wanted or (beginning and stem.startswith(beginning)):
                            places.setdefault(stem, []).append((field, at))
                found[pk] = places
        return found

    def held_by(self, stems) -> dict[str, int]:
        asked = list(stems)
        each = [
            f"(SELECT count(*) FROM {TABLE} WHERE {TABLE} MATCH %s)"  # noqa: S608
            if stem
            else "(SELECT count(*) FROM portal_search_searchdocument WHERE NOT is_withdrawn)"
            for stem in asked
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(each)}", [f'"{stem}"' for stem in asked if stem])
            return dict(zip(asked, cursor.fetchone(), strict=True))

    def counted(self, wording, reading, where) -> Hits:
        if reading is Reading.ANY:
            return self.scored(wording, reading, where)
        parts = parts_of(wording, reading)
        return COUNTED.format(here=found_in(where, PK)), [len(parts), every(parts)]

    def scored(self, wording, reading, where) -> Hits:
        way_here = WAY.format(here=found_in(where, PK))
        parts = parts_of(wording, reading)
        is_any = reading is Reading.ANY
        within = f"{TELLING} : ({{way}})" if is_any else f"({{way}}) AND {every(parts)}"
        strictly = every(parts_of(wording, Reading.ALL))
        asked: list[int | float | str] = []
        for number, (part, beginning) in enumerate(parts):
            for way, weight in ways_of(part, beginning):
                asked += [number, weight, within.replace("{way}", written(way))]
            if is_any:
                asked += [number, IN_PASSING, strictly]
        return SCORED.format(ways=" UNION ALL ".join([way_here] * (len(asked) // 3))), asked


def every(parts: Sequence[tuple[Part, str]]) -> str:
    alternatives = [
        " OR ".join(f"({written(way)})" for way, _weight in ways_of(part, beginning))
        for part, beginning in parts
    ]
    return " AND ".join(f"({ways})" for ways in alternatives)


def written(way: Way) -> str:
    """As an FTS5 expression; stems hold letters and figures only, so that quotes suffice."""
    between, ends = " ", " *" if way.how == "unfinished" else ""
    if way.how == "anywhere":
        between = '" AND "'
    phrases = [f'"{between.join(stems)}"{ends}' for stems in way.phrases]
    return " OR ".join(f"({phrase})" for phrase in phrases) if len(phrases) > 1 else phrases[0]
