"""What the engines that live in the database share: everything but the comparison of words."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, F, FloatField, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from . import Engine, Found, Reading

if TYPE_CHECKING:
    from portal.search.documents import SearchDocumentQuerySet
    from portal.search.queries import Asked
    from portal.search.wording.question import Wording

# Fewer answers to all of a question leave room on the page for what answers most of it.
FEW = 6
# The beginning of a query, and its parameters. The matches stand first and for themselves: joined
# any other way, a planner may look each document up in the full-text index, and ten thousand
# matches then take seconds.
Hits = tuple[str, list[str | int | float]]


class SqlEngine(Engine):
    """Counts by kind in one query, the ids of a slice in another; a stricter reading costs none
    of the others when it finds something."""

    @abstractmethod
    def counted(self, wording: Wording, reading: Reading) -> Hits:
        """The table `hits` of the documents that answer: `id`, and how many `parts` of the
        question."""

    @abstractmethod
    def scored(self, wording: Wording, reading: Reading) -> Hits:
        """The same with their `score`, the best way of each part counting."""

    def search(self, asked: Asked, start: int, stop: int) -> Found:
        documents, wording = asked.documents(), asked.wording
        if not wording:
            return self._everything(asked, start, stop)
        for reading in readings(wording):
            counted = self.count(documents, wording, reading)
            if counted:
                break
        parts, read_as = len(wording.parts), reading
        if reading is not Reading.ANY and is_loose(wording) and total_of(counted) < FEW:
            # Few answer all of it: what answers most of it is shown below them.
            counted, read_as = self.count(documents, wording, Reading.ANY), Reading.ANY
        if read_as is Reading.ANY:
            parts = enough(counted)
        kinds: Counter[str] = Counter()
        for kind, answered, number in counted:
            if answered >= parts:
                kinds[kind] += number
        total = sum(number for kind, number in kinds.items() if kind in (asked.kinds or kinds))
        stop = min(stop, total)
        ids = []
        if start < stop:
            chosen = documents.of_kinds(asked.kinds).with_order(asked.now)
            ids = self.best(chosen, wording, read_as, parts, start, stop)
        return Found(ids, kinds, total, reading)

    def count(
        self, documents: SearchDocumentQuerySet, wording: Wording, reading: Reading
    ) -> list[tuple[str, int, int]]:
        """(kind, parts, number) of the documents that answer so many parts of the question."""
        counted = (
            hit(documents).order_by().values_list("kind", "parts").annotate(number=Count("pk"))
        )
        return run(counted, self.counted(wording, reading))

    def best(
        self,
        documents: SearchDocumentQuerySet,
        wording: Wording,
        reading: Reading,
        parts: int,
        start: int,
        stop: int,
    ) -> list[int]:
        """Ids of a slice of those that answer `parts` or more; `documents` carries `past` and
        `favour`."""
        rank = RawSQL("hits.score", (), FloatField()) * F("favour") * F("parts")
        ordered = (
            hit(documents)
            .filter(parts__gte=parts)
            .annotate(rank=rank)
            .order_by("past", "-rank", "title", "pk")
        )
        rows = run(ordered.values_list("pk")[start:stop], self.scored(wording, reading))
        return [row[0] for row in rows]

    def _everything(self, asked: Asked, start: int, stop: int) -> Found:
        documents = asked.documents()
        kinds = dict(documents.order_by().values_list("kind").annotate(number=Count("pk")))
        total = sum(number for kind, number in kinds.items() if kind in (asked.kinds or kinds))
        ids = []
        if start < total:
            ordered = (
                documents.of_kinds(asked.kinds)
                .with_order(asked.now)
                .order_by("past", F("next_date").asc(nulls_last=True), "title", "pk")
            )
            ids = list(ordered.values_list("pk", flat=True)[start:stop])
        return Found(ids, kinds, total)


def readings(wording: Wording) -> list[Reading]:
    """The ways of reading this question that differ from one another."""
    if wording.is_unfinished:
        return [Reading.BEGINNING]
    ways = [Reading.ALL]
    if wording.beginning:
        ways.append(Reading.BEGINNING)
    if is_loose(wording):
        ways.append(Reading.ANY)
    return ways


def is_loose(wording: Wording) -> bool:
    """Whether some of it can be answered without the rest."""
    return len(wording.loose_parts) > 1 and not wording.is_unfinished


def enough(counted: list[tuple[str, int, int]]) -> int:
    """How many parts of the question a document must answer to be shown: what answers one word of
    a long one is not shown beside what answers most."""
    return (max((parts for _kind, parts, _number in counted), default=0) + 1) // 2


def total_of(counted: list[tuple[str, int, int]]) -> int:
    return sum(number for _kind, _parts, number in counted)


def hit(documents: SearchDocumentQuerySet) -> SearchDocumentQuerySet:
    found = documents.extra(tables=["hits"], where=["hits.id = portal_search_searchdocument.id"])
    return found.annotate(parts=RawSQL("hits.parts", (), IntegerField()))


def run(documents: QuerySet, hits: Hits) -> list[tuple]:
    sql, parameters = documents.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(hits[0] + sql, [*hits[1], *parameters])
        return cursor.fetchall()
