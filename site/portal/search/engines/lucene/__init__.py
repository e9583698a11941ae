"""Elasticsearch and OpenSearch, over what they share. `SEARCH_URL` says which, and where.

The name that is asked and written is an alias; behind it stands one index, made anew beside it when
it must be (`rebuild`). The engine never has the last word: the rows say what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from portal.search.faceting import FACETS, Answer, counts
from portal.search.models import SearchDocument

from .. import About, Engine, Found, Reading
from ..counting import parts_wanted
from ..sql import readings, widens
from .clients import BUSY, GONE, Blocked, Client, Missing, Refused, Unfit, connect
from .indexes import WRITING_PATIENCE, Indexes
from .languages import translations_of, with_their_records
from .mapping import FINGERPRINT, source_of
from .questions import Query, all_of, at, most_parts, narrowed, ranked, sliced

if TYPE_CHECKING:
    from portal.search.queries import Asked

# Beyond, they refuse to sort: nobody reads five hundred pages of results.
LAST_FOUND = 10_000
WRITTEN_AT_ONCE = 100
CONFLICT = 409


class LuceneEngine(Engine):
    def __init__(self, client: Client) -> None:
        self.client = client
        self.indexes = Indexes(client)
        self.alias = self.indexes.alias

    @classmethod
    def at(cls, url: str, timeout: float) -> LuceneEngine:
        return cls(connect(url, timeout))

    def put(self, document: SearchDocument) -> None:
        if self.send([document]):
            raise Refused(f"document {document.pk}")

    def remove(self, ids: Collection[int]) -> None:
        versions = dict(SearchDocument.objects.filter(pk__in=ids).values_list("pk", "version"))
        self._bulk(deletion(pk, versions.get(pk)) for pk in ids)

    def prune(self) -> int:
        """Also has the engine told again of what it lacks."""
        held = set(self._ids())
        readable = SearchDocument.objects.filter(is_withdrawn=False).order_by()
        rows = set(readable.values_list("pk", flat=True))
        gone = sorted(held - rows)
        for chunk in chunks(gone):
            self.remove(chunk)
        for chunk in chunks(sorted(rows - held)):
            SearchDocument.objects.filter(pk__in=chunk).update(sent_version=0, retry_at=None)
        return len(gone)

    def send(self, documents: Sequence[SearchDocument]) -> dict[int, str]:
        return self._write(documents, self.alias, is_alias=True)

    def search(self, asked: Asked, start: int, stop: int) -> Found:
        stop = min(stop, LAST_FOUND)
        start = min(start, stop)
        filters = narrowed(asked)
        if not asked.wording:
            order = [{"next_date": {"order": "asc", "missing": "_last"}}]
            if asked.around:
                order.insert(0, {"_geo_distance": {"at": at(asked.around), "order": "asc"}})
            query = sliced(asked, all_of(*filters), order, start, stop)
            return self._found(asked, self._ask([query])[0], Reading.ALL)
        wording, ways = asked.wording, readings(asked.wording)
        # All the ways of reading at once: one round trip, unless some of the parts are enough.
        queries = [
            most_parts(wording, filters)
            if way is Reading.ANY
            else self._ranked(asked, filters, way, len(wording.parts), start, stop)
            for way in ways
        ]
        answers = dict(zip(ways, self._ask(queries), strict=True))
        reading = next((way for way in ways if number_of(answers[way])), ways[-1])
        read_as, answer = reading, answers[reading]
        is_wide = widens(asked, number_of(answer))
        if Reading.ANY in ways and is_wide and number_of(answers[Reading.ANY]):
            read_as = Reading.ANY
        if read_as is Reading.ANY and number_of(answers[read_as]):
            best = [round(hit["_score"]) for hit in answers[read_as]["hits"]["hits"]]
            parts = parts_wanted(best)
            answer = self._ask([self._ranked(asked, filters, read_as, parts, start, stop)])[0]
        elif read_as is Reading.ANY:
            return Found(reading=reading)
        return self._found(asked, answer, reading)

    @staticmethod
    def _ranked(asked, filters, reading, parts, start, stop) -> Query:
        query = ranked(asked.wording, reading, filters, parts, asked.around)
        return sliced(asked, query, ["_score"], start, stop)

    def rebuild(
        self, report: Callable[[int], None] = lambda done: None, resume: bool = False
    ) -> int:
        """Make the index anew from the rows, beside the one that answers, then take its place.

        What is interrupted, or fails, leaves an index half made: `resume` goes on with it.
        """
        self.indexes.clear_away()
        index, began, last = (resume and self.indexes.half_made()) or self.indexes.begin()
        done = self._fill(index, last, report)
        self.indexes.answer_from(index)
        # What was read meanwhile was told to the former index, and is told again.
        began -= timedelta(minutes=1)  # clocks differ
        read = SearchDocument.objects.filter(indexed_version=F("version"))
        read.filter(updated_at__lt=began).update(sent_version=F("version"))
        read.exclude(updated_at__lt=began).update(sent_version=0, retry_at=None)
        self.prune()
        return done

    def _fill(self, index: str, last: int, report: Callable[[int], None]) -> int:
        """Write the rows that come after `last`."""
        rows = SearchDocument.objects.filter(is_withdrawn=False).order_by("pk")
        done = rows.filter(pk__lte=last).count()
        rows = rows.prefetch_related("shown_in")
        while batch := list(rows.filter(pk__gt=last)[:WRITTEN_AT_ONCE]):
            self._write(batch, index)
            last, done = batch[-1].pk, done + len(batch)
            report(done)
        return done

    def check(self) -> None:
        """Raises what keeps the engine from answering."""
        self.indexes.check()

    def about(self) -> About:
        server = self.client.ask("GET", "/")["version"]
        name = f"{server.get('distribution', 'elasticsearch')} {server['number']}"
        try:
            self.check()
        except (Missing, Unfit) as error:
            return About(f"{name} ({self.client})", {}, trouble=str(error))
        by_language = {"terms": {"field": "language", "size": 100}}
        (answer,) = self._ask([{"size": 0, "aggs": {"languages": by_language}}])
        found = answer["aggregations"]["languages"]["buckets"]
        return About(
            f"{name} ({self.client})",
            {one["key"]: one["doc_count"] for one in found},
            self.indexes.current(),
            FINGERPRINT,
        )

    def needs_rebuilding(self) -> bool:
        try:
            self.check()
        except (Missing, Unfit):
            return True
        return False

    def refresh(self) -> None:
        """What was written can be found at once, and not within a second."""
        self.client.ask("POST", f"/{self.alias}/_refresh", timeout=WRITING_PATIENCE)

    def _write(
        self, documents: Sequence[SearchDocument], index: str, is_alias=False
    ) -> dict[int, str]:
        """Put or remove documents as their rows are; returns why some of them are refused."""
        written = with_their_records(documents)
        translations = translations_of(written)
        lines: list[dict[str, Any]] = []
        for row in written:
            if row.is_withdrawn:
                lines.append(deletion(row.pk, row.version))
            else:
                lines.append({"index": {"_id": str(row.pk), **versioned(row.version)}})
                lines.append(source_of(row, translations.get(row.translation_key, ())))
        return self._bulk(lines, index, is_alias)

    def _bulk(
        self, lines: Iterable[dict[str, Any]], index: str = "", is_alias: bool = True
    ) -> dict[int, str]:
        lines = list(lines)
        if not lines:
            return {}
        # An index that is not there must never come into being by itself, with any mapping.
        path = f"/{index or self.alias}/_bulk" + ("?require_alias=true" if is_alias else "")
        answer = self.client.ask("POST", path, lines=lines, timeout=WRITING_PATIENCE)
        refused: dict[int, str] = {}
        for item in answer["items"]:
            ((action, result),) = item.items()
            status, error = result["status"], result.get("error") or {}
            if status == GONE and action == "index":
                raise Missing(str(error))
            # A conflict: something newer is there. Not found: there was nothing to delete.
            if status < 300 or status in (CONFLICT, GONE):
                continue
            why = f"{error.get('type')}: {error.get('reason')}"
            if status == BUSY or status >= 500 or error.get("type") == "cluster_block_exception":
                raise Blocked(f"{status} {why}")  # no fault of the document: it waits
            refused[int(result["_id"])] = why
        return refused

    def _ask(self, queries: Sequence[Query]) -> list[dict[str, Any]]:
        lines = [line for query in queries for line in ({}, {"track_total_hits": True, **query})]
        answers = self.client.ask("POST", f"/{self.alias}/_msearch", lines=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                kind = Missing if answer.get("status") == 404 else Refused
                raise kind(str(answer["error"].get("type")))
        return answers

    def _found(self, asked: Asked, answer: dict[str, Any], reading: Reading) -> Found:
        hits = {int(hit["_id"]): hit.get("fields", {}) for hit in answer["hits"]["hits"]}
        # What was withdrawn or closed a moment ago is still in the engine; nobody sees it.
        shown = asked.shown(hits)
        hidden = [fields for pk, fields in hits.items() if pk not in shown]
        numbers = numbers_of(answer["aggregations"]) if asked.is_counted else Counter()
        for fields in hidden:
            numbers.subtract(answers_in(fields))
        return Found(
            list(shown),
            answer["hits"]["total"]["value"] - len(hidden),
            number_of(answer) - len(hidden),
            counts(numbers),
            reading,
        )

    def _ids(self) -> Iterable[int]:
        after: dict[str, Any] = {}
        while True:
            query = {"size": LAST_FOUND, "_source": False, "sort": [{"pk": "asc"}], **after}
            hits = self._ask([query])[0]["hits"]["hits"]
            if not hits:
                return
            yield from (int(hit["_id"]) for hit in hits)
            after = {"search_after": hits[-1]["sort"]}


def chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + WRITTEN_AT_ONCE] for at in range(0, len(ids), WRITTEN_AT_ONCE))


def number_of(answer: dict[str, Any]) -> int:
    """Whatever is chosen in the facets."""
    if "aggregations" in answer:
        return answer["aggregations"]["everything"]["doc_count"]
    return answer["hits"]["total"]["value"]


def numbers_of(aggregations: dict[str, Any]) -> Counter[Answer]:
    """How many documents each answer to a facet would find."""
    found: Counter[Answer] = Counter()
    for name in FACETS:
        buckets = aggregations[name]["values"]["buckets"]
        if isinstance(buckets, dict):
            buckets = [{"key": key, **about} for key, about in buckets.items()]
        for one in buckets:
            found[name, one["key"]] = one["doc_count"]
    return found


def answers_in(fields: dict[str, list[str]]) -> Iterable[Answer]:
    for name, values in fields.items():
        yield from ((name.removeprefix("facets."), value) for value in values)


def versioned(version: int | None) -> dict[str, Any]:
    """An older write never wins over a newer one, in whatever order they arrive."""
    return {} if version is None else {"version": version, "version_type": "external_gte"}


def deletion(pk: int, version: int | None) -> dict[str, Any]:
    return {"delete": {"_id": str(pk), **versioned(version)}}
