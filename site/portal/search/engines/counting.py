"""How many documents answer, and how many each answer to a facet would leave, in one query.

The documents that answer the words are found first, each with a `mask`: which of the facets where
something is chosen it answers. What a facet would find is then what answers all the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, RawSQL

from portal.search.faceting import DAY, PERIOD, Answer, counts, periods

if TYPE_CHECKING:
    from portal.search.documents import SearchDocumentQuerySet
    from portal.search.queries import Asked

# The beginning of a query, and its parameters. The matches stand first and for themselves: joined
# any other way, a planner may look each document up in the full-text index, and ten thousand
# matches then take seconds.
Hits = tuple[str, Sequence[str | int | float]]

MATCHED = "matched (id, parts, mask, is_dated) AS MATERIALIZED ({documents})"
# Fewer answers leave room on the page: to all of a question, for what answers most of it; to half
# of it, when it is long, for what answers two of its parts.
FEW, LONG, LEAST = 10, 4, 2
# What answers one word of a long question is not shown beside what answers most.
KEPT = f"""best (parts) AS (SELECT parts FROM matched ORDER BY parts DESC LIMIT {FEW}),
most (parts) AS (
  SELECT CASE WHEN max(parts) < {LONG} OR min(parts) >= (max(parts) + 1) / 2
  THEN coalesce((max(parts) + 1) / 2, 0)
  WHEN min(parts) < {LEAST} THEN {LEAST} ELSE min(parts) END FROM best
),
kept AS MATERIALIZED (SELECT * FROM matched WHERE parts >= (SELECT parts FROM most))"""  # noqa: S608
TOTALS = """SELECT '' AS facet, '' AS value, mask, count(*) AS number FROM kept GROUP BY mask
UNION ALL SELECT 'parts', '', 0, parts FROM most"""
VALUES = """
UNION ALL SELECT answer.facet, answer.value, told.mask, told.number FROM (
  SELECT one.value_id, kept.mask, count(*) AS number
  FROM kept JOIN portal_search_documentfacet one ON one.document_id = kept.id
  GROUP BY one.value_id, kept.mask
) told JOIN portal_search_facetvalue answer ON answer.id = told.value_id WHERE answer.facet <> %s
"""
DATED = """, dated AS MATERIALIZED (
  SELECT kept.id, kept.mask, {spans}
  FROM kept JOIN portal_search_documentfacet one ON one.document_id = kept.id
  JOIN portal_search_facetvalue answer ON answer.id = one.value_id
  WHERE kept.is_dated = 1 AND answer.facet = %s GROUP BY kept.id, kept.mask
)"""
SPAN = "max(CASE WHEN answer.value BETWEEN %s AND %s THEN 1 ELSE 0 END) AS span_{number}"
IN_SPAN = " UNION ALL SELECT %s, %s, mask, sum(span_{number}) FROM dated GROUP BY mask"


@dataclass(frozen=True)
class Counted:
    """`everything`, `total`, `facets`: as in Found. `parts`: how many parts of the question a
    document must answer to be shown."""

    everything: int = 0
    total: int = 0
    parts: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def parts_wanted(best: Sequence[int]) -> int:
    """The same, from how many parts each of the best answers."""
    half = (max(best) + 1) // 2
    return half if max(best) < LONG else min(half, max(LEAST, min(best)))


def count(asked: Asked, hits: Hits | None = None) -> Counted:
    """`hits`: the table of what answers the words; None when there are none."""
    documents = asked.documents().annotate(
        mask=mask_of(asked),
        is_dated=Case(When(~Q(next_date=None), then=Value(1)), default=Value(0)),
    )
    if hits is None:
        begins, parameters = "WITH ", []
        documents = documents.annotate(parts=Value(0, IntegerField()))
    else:
        begins, parameters = f"{hits[0].rstrip()}, ", [*hits[1]]
        documents = hit(documents)
    chosen, chosen_parameters = (
        documents.order_by().values_list("pk", "parts", "mask", "is_dated").query.sql_with_params()
    )
    sql = f"{begins}{MATCHED.format(documents=chosen)}, {KEPT}"
    parameters += chosen_parameters
    told = TOTALS
    if asked.is_counted:
        spans = periods(asked.today)
        sql += DATED.format(spans=", ".join(SPAN.format(number=n) for n in range(len(spans))))
        parameters += [day for span in spans.values() for day in span] + [DAY, DAY]
        told += VALUES + "".join(IN_SPAN.format(number=n) for n in range(len(spans)))
        parameters += [word for name in spans for word in (PERIOD, name)]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {told}", parameters)
        return summed(asked, cursor.fetchall())


def summed(asked: Asked, rows: Iterable[tuple[str, str, int, int]]) -> Counted:
    bits = {name: 1 << number for number, name in enumerate(asked.conditions)}
    every = sum(bits.values())
    everything = total = parts = 0
    numbers: Counter[Answer] = Counter()
    for facet, value, mask, number in rows:
        if facet == "parts":
            parts = number
        elif not facet:
            everything += number
            total += number if mask == every else 0
        elif mask | bits.get(facet, 0) == every:
            numbers[facet, value] += int(number)
    return Counted(everything, total, parts, counts(numbers))


def mask_of(asked: Asked) -> Combinable:
    mask: Combinable = Value(0, IntegerField())
    for number, answers in enumerate(asked.conditions.values()):
        bit = Case(When(answers, then=Value(1 << number)), default=Value(0))
        mask = bit if number == 0 else mask + bit
    return mask


def hit(documents: SearchDocumentQuerySet) -> SearchDocumentQuerySet:
    found = documents.extra(tables=["hits"], where=["hits.id = portal_search_searchdocument.id"])
    return found.annotate(parts=RawSQL("hits.parts", (), IntegerField()))
