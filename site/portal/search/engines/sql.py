"""What the engines that live in the database share: everything but the comparison of words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar

from django.db import connection
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from . import About, Engine, Found, Places, Reading
from .counting import FEW, Counted, Hits, count, hit

if TYPE_CHECKING:
    from portal.search.queries import Asked
    from portal.search.wording.question import Wording
    from territories.models import Territory


class SqlEngine(Engine):
    """Counts in one query, the ids of a slice in another; a stricter reading costs none of the
    others when it finds something."""

    @abstractmethod
    def counted(self, wording: Wording, reading: Reading, where: Territory | None) -> Hits:
        """The table `hits` of the documents that answer: `id`, and how many `parts` of the
        question; `where`: those that are found there, None for all."""

    @abstractmethod
    def scored(self, wording: Wording, reading: Reading, where: Territory | None) -> Hits:
        """The same with their `score`, the best way of each part counting."""

    @abstractmethod
    def places(
        self, ids: Collection[int], stems: Collection[str], beginning: str = ""
    ) -> dict[int, Places]:
        """Where these documents hold these stems, and those that begin so."""

    @abstractmethod
    def held_by(self, stems: Collection[str]) -> dict[str, int]:
        """How many documents hold each of these stems; of "", how many there are."""

    # A table with a row for each document that can be found, and the column of their ids.
    holds: ClassVar[tuple[str, str]]

    def about(self) -> About:
        table, pk = self.holds
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT language, count(*) FROM {table} JOIN portal_search_searchdocument "  # noqa: S608
                f"ON portal_search_searchdocument.id = {table}.{pk} "
                "WHERE NOT is_withdrawn GROUP BY language"
            )
            held = dict(cursor.fetchall())
        version = ".".join(map(str, connection.get_database_version()))
        return About(f"{connection.display_name} {version}", held)

    def search(self, asked: Asked, start: int, stop: int) -> Found:
        read_as = reading = Reading.ALL
        if asked.wording:
            counted, read_as, reading = self._count(asked, asked.wording)
        else:
            counted = count(asked)
        stop = min(stop, counted.total)
        ids = self._best(asked, read_as, counted.parts, start, stop) if start < stop else []
        return Found(ids, counted.total, counted.everything, counted.facets, reading)

    def _count(self, asked: Asked, wording: Wording) -> tuple[Counted, Reading, Reading]:
        """How many answer, how they are looked for, and how the question had to be read."""
        may_be_loose = is_loose(wording) and not asked.is_strict
        for reading in readings(wording):
            if reading is Reading.ANY and not may_be_loose:
                break
            counted = count(asked, self.counted(wording, reading, asked.territory))
            if counted.everything:
                break
        read_as = reading
        is_wide = widens(asked, counted.everything)
        if reading is not Reading.ANY and may_be_loose and is_wide:
            read_as = Reading.ANY
            counted = count(asked, self.counted(wording, read_as, asked.territory))
        return counted, read_as, reading

    def _best(self, asked: Asked, reading: Reading, parts: int, start: int, stop: int) -> list[int]:
        """Ids of a slice of those that answer `parts` of the question or more."""
        documents = asked.documents().filter(*asked.conditions.values())
        documents = documents.with_order(asked.now, asked.around)
        if not asked.wording:
            following = F("next_date").asc(nulls_last=True)
            ordered = documents.order_by("past", "far", following, "title", "pk")
            return list(ordered.values_list("pk", flat=True)[start:stop])
        rank = RawSQL("hits.score", (), FloatField()) * F("favour") * F("parts")
        ordered = hit(documents).filter(parts__gte=parts).annotate(rank=rank)
        ordered = ordered.order_by("past", "-rank", "title", "pk").values_list("pk")[start:stop]
        hits = self.scored(asked.wording, reading, asked.territory)
        return [pk for (pk,) in run(ordered, hits)]


def found_in(where: Territory | None, pk: str) -> str:
    """The end of a condition on the index of words. A territory's documents are few among those of
    all: they alone are scored, and the others are not joined to be left out."""
    if where is None:
        return ""
    return (
        f" AND {pk} IN (SELECT searchdocument_id FROM portal_search_searchdocument_shown_in "  # noqa: S608
        f"WHERE territory_id = {int(where.pk)})"
    )


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


def widens(asked: Asked, number: int) -> bool:
    """Whether what answers most of the question is shown below what answers all of it. So many
    do: few leave room; and in a territory, what is looked for in a place may be next door."""
    return number < FEW or (asked.territory is not None and asked.wording.says_where)


def run(documents: QuerySet, hits: Hits) -> list[tuple]:
    sql, parameters = documents.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(hits[0] + sql, [*hits[1], *parameters])
        return cursor.fetchall()
