"""Half a million search documents written as rows, as the indexer would have left them.

The indexer reads a page in ten milliseconds: here rows are made at once, a few thousand a second.
Interrupted, it goes on where it was.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from corpus import Corpus, Made
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from kept import VAR, name_of

TERRITORIES = 84
ROWS_AT_ONCE = 5_000
SENT_AT_ONCE = 1_000
ROW, FACET, PLACE = (
    "portal_search_searchdocument",
    "portal_search_documentfacet",
    "portal_search_searchdocument_shown_in",
)


def write_territories() -> None:
    """One with its pages, the others as rows, which is all that the search reads of them."""
    from factories import make_territory
    from report_rows import write_territories as as_rows

    from territories.models import Territory

    first = Territory.objects.first() or make_territory("un")
    as_rows(TERRITORIES - Territory.objects.count(), like=first, slug="autre")


def corpus() -> Corpus:
    from territories.models import Territory

    return Corpus(list(Territory.objects.order_by("pk").values_list("pk", flat=True)), built_at())


def built_at() -> datetime:
    """When this database was made: events take place around then."""
    stamp = VAR / f"{name_of(0)}-{connection.vendor}-made"
    if not stamp.exists():
        stamp.write_text(timezone.now().isoformat())
    return datetime.fromisoformat(stamp.read_text())


def fill_database(size: int) -> None:
    from portal.search.models import SearchDocument
    from portal.search.wording.known import learn

    last = SearchDocument.objects.order_by("-pk").values_list("pk", flat=True).first()
    done = (last + 1) // 2 if last else 0  # as `Corpus` gives keys
    if done >= size:
        return
    made = corpus()
    vectors = import_module("portal.search.migrations.0005_vectors")
    if connection.vendor == "postgresql":  # an index over what is there is made in a minute
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS portal_search_vectors_words")
    if not done:
        learn([("fr", one.words) for one in (*made.sentences, *made.titles, *made.names)])
    began = time.monotonic()
    for start in range(done, size, ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, size)
        with transaction.atomic():
            write(list(made.make(range(start, stop))))
        progress("rows", done, stop, size, began)
    for name in (FACET, PLACE, ROW):
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(NO_STYLE, models_of(name)):
                cursor.execute(sql)
    print("\n  indexes and statistics", flush=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(vectors.CREATE)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def models_of(table: str) -> list[Any]:
    from django.apps import apps

    return [model for model in apps.get_models(include_auto_created=True)
            if model._meta.db_table == table]  # fmt: skip


def write(documents: Sequence[Made]) -> None:
    from portal.search.faceting import answers_of, keys_of
    from portal.search.models import SearchDocument

    fields = SearchDocument._meta.concrete_fields
    names = [field.attname for field in fields]
    insert(
        ROW,
        [field.column for field in fields],
        ([cell(getattr(one.row, name)) for name in names] for one in documents),
    )
    insert(
        PLACE,
        ["searchdocument_id", "territory_id"],
        ((one.row.pk, one.shown_in) for one in documents),
    )
    answers = [
        (one.row.pk, (name, value))
        for one in documents
        for name, values in answers_of(one.row).items()
        for value in values
    ]
    for answer in {answer for _pk, answer in answers} - KEYS.keys():
        KEYS.update(keys_of([answer]))
    insert(FACET, ["document_id", "value_id"], ((pk, KEYS[answer]) for pk, answer in answers))
    if connection.vendor == "sqlite":
        from portal.search.engines.sqlite import TABLE

        columns = ["rowid", "title", "words", "summary", "body"]
        insert(
            TABLE,
            columns,
            ((one.row.pk, one.title, one.words, one.summary, one.body) for one in documents),
        )
    else:
        from portal.search.engines.postgres import TABLE

        insert(TABLE, ["document_id", "words"], ((one.row.pk, vector(one)) for one in documents))


# (facet, value) → primary key.
KEYS: dict[tuple[str, str], int] = {}


def cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, uuid.UUID) and connection.vendor == "sqlite":
        return value.hex
    return value


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["?"] * len(columns))
            bare = connection.connection.cursor()
            bare.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def vector(one: Made) -> str:
    """As `engines.postgres.vector`."""
    found, at = [], 0
    for stems, weight in ((one.title, "A"), (one.summary, "B"), (one.words, "C"), (one.body, "D")):
        for stem in stems.split():
            at += 1
            found.append(f"'{stem}':{at}{weight}")
        at += 1
    return " ".join(found)


def fill_engine(size: int) -> None:
    """The engine outside, beside what it may hold; it answers from the new index at the end."""
    from portal.search.engines import engine
    from portal.search.models import SearchDocument

    found = engine().outside
    # The pages of the first territory are not sent; an engine that lacks something is not asked.
    SearchDocument.objects.exclude(sent_version=F("version")).update(sent_version=F("version"))
    if not found.needs_rebuilding():
        return
    made, began = corpus(), time.monotonic()
    index, _moment, last = found.indexes.half_made() or found.indexes.begin()
    done = max(last - 1, 0) // 2  # as `Corpus` gives keys
    for start in range(done, size, SENT_AT_ONCE):
        stop = min(start + SENT_AT_ONCE, size)
        refused = found._bulk(lines_of(list(made.make(range(start, stop)))), index, False)
        assert not refused, refused
        progress("sent", done, stop, size, began)
    found.indexes.answer_from(index)
    print()


def lines_of(documents: Sequence[Made]) -> Iterator[dict[str, Any]]:
    from portal.search.engines.lucene.mapping import source_of
    from territories.models import Territory

    translations: dict[uuid.UUID, list[tuple[str, None]]] = {}
    for one in documents:
        if one.row.language != "fr":
            translations.setdefault(one.row.translation_key, []).append((one.row.language, None))
    for one in documents:
        row = one.row
        row._prefetched_objects_cache = {"shown_in": [Territory(pk=one.shown_in)]}
        title, row.title, row.summary, row.body, row.words = row.title, "", "", "", ""
        is_record = row.language == "fr"
        yield {"index": {"_id": str(row.pk), "version": 1, "version_type": "external_gte"}}
        yield {
            **source_of(row, translations.get(row.translation_key, ()) if is_record else ()),
            "title": title,
            "title_stems": one.title,
            "words_stems": one.words,
            "summary_stems": one.summary,
            "body_stems": one.body,
        }


def progress(what: str, begun: int, done: int, size: int, began: float) -> None:
    spent = time.monotonic() - began
    left = spent / max(done - begun, 1) * (size - done)
    width = done * 30 // size
    bar = "█" * width + "·" * (30 - width)
    end = "\r" if sys.stdout.isatty() else "\n"
    print(f"  {bar} {done:,} / {size:,} {what}, {left:.0f} s left   ", end=end, flush=True)


class _NoStyle:
    def __getattr__(self, name: str) -> Callable[[str], str]:
        return lambda text: text


NO_STYLE = _NoStyle()
