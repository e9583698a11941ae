"""Values of many sheets, read as columns: as many in each field, in one order for all.

They are asked from the database at every request. What it says again, word for word, is neither
read nor worked out again: whatever is kept has for a key all that it was made from, so that nobody
need tell of a change, and nothing of one territory is shown in another. Only large lists are kept,
and few of them: some tens of megabytes for a process.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, lru_cache, wraps
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

from django.db.models import Aggregate, JSONField, Q, QuerySet, TextField
from django.db.models.functions import Cast

from territories.places.distance import Point, point_of

# The answers of one sheet to one question; sheets that say the same share one tuple.
Answers = tuple[str, ...]
Found = TypeVar("Found")
Written = TypeVar("Written", bound=Hashable)
NONE: Answers = ()
YES: Answers = ("oui",)
WHERE = ("address", "commune", "insee_code", "latitude", "longitude", "neighbourhood")
# Whether those say something; most services are where their actor is.
IS_SOMEWHERE = ~Q(address="", commune="", latitude=None)

# Sheets: fewer are soon read, and there are many such lists.
LARGE = 1_000
# Characters that a column takes for each sheet, about.
A_VALUE = 10


def kept(function: Callable[..., Found]) -> Callable[..., Found]:
    """Of the last large lists, by all that it is called with; the first of that is their length."""
    again = lru_cache(12)(function)

    @wraps(function)
    def answer(first: Sequence[Any], *others: Any, **named: Any) -> Found:
        return (again if len(first) >= LARGE else function)(first, *others, **named)

    answer.again = again  # type: ignore[attr-defined]
    return answer


def read(written: str) -> tuple[Any, ...]:
    return tuple(json.loads(written))


# The columns of one large guide and of its map.
read_again = lru_cache(48)(read)


class Values(JSONField):
    """A JSON list that is only read."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> tuple[Any, ...]:
        # Of no rows, SQLite makes an empty list and PostgreSQL nothing.
        if value is None:
            return ()
        return (read_again if len(value) >= LARGE * A_VALUE else read)(value)


class Column(Aggregate):
    """The values of all rows as one JSON list: 20,000 rows of twelve values take a tenth of the
    time that they take as rows of Python."""

    function = "JSON_GROUP_ARRAY"
    output_field = Values()

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, function="JSONB_AGG")


def columns(rows: QuerySet, *asked: str | Cast | Column) -> list[tuple[Any, ...]]:
    """The values of some fields of all these rows, field by field; a `Column` with a filter is
    shorter than the others."""
    found = rows.order_by().aggregate(
        **{
            f"column_{rank}": field if isinstance(field, Column) else Column(field)
            for rank, field in enumerate(asked)
        }
    )
    return [values or () for values in found.values()]


def alike(values: Sequence[Written], read: Callable[[Written], Found]) -> tuple[Found, ...]:
    """A column read value by value; what many sheets have is read once."""
    found = {value: read(value) for value in set(values)}
    return tuple(map(found.__getitem__, values))


# For what is read by a function that knows nothing but the value.
alike_again = kept(alike)


@kept
def coded(
    sheets: Sequence[int],
    carriers: Sequence[int],
    terms: Sequence[int | None],
    codes: Sequence[tuple[int, str]],
) -> tuple[Answers, ...]:
    """What each sheet carries; `carriers` and `terms`: who carries what, pair by pair. `codes`: of
    the terms by key, "" where it has none."""
    # Gathered in numbers, a bit for each code: a set for each sheet is slow to make.
    bits = {code: 1 << rank for rank, code in enumerate(sorted({code for _key, code in codes}))}
    bits.pop("", None)
    asked = {key: bits.get(code, 0) for key, code in codes}
    carried: dict[int, int] = defaultdict(int)
    for sheet, bit in zip(carriers, map(asked.get, terms, repeat(0)), strict=True):
        carried[sheet] |= bit
    masks = [carried.get(sheet, 0) for sheet in sheets]
    return alike(masks, lambda mask: tuple(code for code, bit in bits.items() if mask & bit))


@kept
def by_name(keys: Sequence[int], titles: Sequence[str]) -> tuple[int, ...]:
    """The rows in the order of the alphabet."""
    # Sorted by one thing at a time: numbers and words are soon compared, pairs of them are not.
    rows = sorted(range(len(keys)), key=keys.__getitem__)
    return tuple(sorted(rows, key=list(map(str.casefold, titles)).__getitem__))


class Where(NamedTuple):
    """Somewhere on the ground. `actor`: whose address it is, when it is an actor's; `place`: the
    one among the places of a service, when it is one of several."""

    point: Point | None
    town: str
    code: str
    neighbourhood: int | None = None
    actor: int | None = None
    place: int | None = None


def where(
    address: str,
    town: str,
    code: str,
    latitude: float | None,
    longitude: float | None,
    neighbourhood: int | None,
    actor: int | None = None,
) -> Where | None:
    """From the values of `WHERE`; None where nothing says where that is."""
    point = point_of(latitude, longitude)
    if point or address or town:
        return Where(point, town, code, neighbourhood, actor)
    return None


@kept
def at_home(
    keys: Sequence[int], *values: Sequence[Any], are_actors: bool = False
) -> Mapping[int, tuple[Where, ...]]:
    """The one place of those that are somewhere themselves; `values`: of `WHERE`, each a column."""
    found = {
        key: where(*address, actor=key if are_actors else None)
        for key, *address in zip(keys, *values, strict=True)
    }
    return {key: (place,) for key, place in found.items() if place}


def text(field: str) -> Cast:
    """A list kept as JSON, as it stands in the database: many sheets have the same."""
    return Cast(field, TextField())


@cache
def single(code: str) -> Answers:
    """Of one answer; the rules of one door."""
    return (code,) if code else NONE


@cache
def listed(written: str) -> Answers:
    return tuple(json.loads(written)) if written else NONE
