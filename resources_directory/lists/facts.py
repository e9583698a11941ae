"""What lists ask of every sheet, read in a few queries and kept as columns.

Ten questions with the number of answers to each, put one by one to a database of 20,000 services,
take ten times as long as to read once what they are all about.
"""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import F, Value

from resources_directory.hours.closures import AHEAD, joined
from resources_directory.hours.open_now import open_at
from resources_directory.models import ActorClosure, ServiceClosure
from resources_directory.near import Near
from territories.places.distance import Point, kilometres
from territories.territory import zone_of
from territories.vocabulary.families import families
from territories.vocabulary.models import Term

from .columns import NONE, YES, Answers, Where, alike, by_name, coded, single

Found = TypeVar("Found")
# After all families: a sheet that no theme ranks.
LAST = 10_000
DAY = timedelta(days=1)


class Facts:
    """Of the sheets of one list: as many values in each column as there are `keys`.

    `near`: what else has a name here. `now`: the moment at which their doors are open or not.
    """

    keys: Sequence[int]
    titles: Sequence[str]
    # Where the clocks of each are read, and the rules of its doors.
    zones: Sequence[str | None]
    hours: Sequence[tuple[str, ...]]
    places: Sequence[tuple[Where, ...]]
    needs: Sequence[Answers]

    def __init__(self, near: Near, now: datetime) -> None:
        self.near = near
        self.territory = near.territory
        self.now = now

    @cached_property
    def rows(self) -> dict[int, int]:
        """Where each sheet stands in the columns, by key."""
        return {key: row for row, key in enumerate(self.keys)}

    def nearest(self, at: int, here: Point) -> Point | None:
        """The nearest place of one sheet."""
        points = (place.point for place in self.places[at] if place.point)
        return min(points, key=lambda point: kilometres(here, point), default=None)

    def of_places(self, answer: Callable[[tuple[Where, ...]], Found]) -> list[Found]:
        """A column read off the places of each sheet; what many share is read once."""
        ids, different = self._different_places
        answers = {key: answer(places) for key, places in different.items()}
        return list(map(answers.__getitem__, ids))

    def named(self, name: Callable[[Where], str]) -> list[Answers]:
        """As `of_places`, each name once."""

        def names(places: tuple[Where, ...]) -> Answers:
            if len(places) == 1:
                return single(name(places[0]))
            return tuple(dict.fromkeys(filter(None, map(name, places))))

        return self.of_places(names)

    @cached_property
    def _different_places(self) -> tuple[list[int], dict[int, tuple[Where, ...]]]:
        """Which places each sheet has, and those that differ."""
        ids = list(map(id, self.places))
        return ids, dict(zip(ids, self.places, strict=True))

    @cached_property
    def all_places(self) -> list[Where]:
        _ids, different = self._different_places
        return [place for places in different.values() for place in places]

    def distances(self, here: Point) -> list[float | None]:
        """In kilometres, to the nearest place of each; None for a sheet that has none."""

        def distance(places: tuple[Where, ...]) -> float | None:
            found = [kilometres(here, place.point) for place in places if place.point]
            return min(found, default=None)

        return self.of_places(distance)

    def need(self, row: int) -> str:
        """The first family of one sheet, in the order of the vocabulary."""
        return min(self.needs[row], key=self._position, default="")

    def _position(self, code: str) -> int:
        return self._positions.get(code, LAST)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {code: rank for rank, code in enumerate(families())}

    @cached_property
    def order(self) -> list[int]:
        """The rows by the order of the vocabulary, then of the alphabet."""
        first = alike(self.needs, lambda codes: min(map(self._position, codes), default=LAST))
        return sorted(by_name(self.keys, self.titles), key=first.__getitem__)

    @cached_property
    def closures(self) -> dict[tuple[str, int], list[Any]]:
        """Those that last or begin soon, by « actor » or « service » and its key."""
        today = self.now.date()
        found: dict[tuple[str, int], list[Any]] = defaultdict(list)
        parts = []
        for whose, model in (("actor", ActorClosure), ("service", ServiceClosure)):
            # The day may be another on the clock of an island.
            soon = model.objects.filter(first_day__lte=today + AHEAD, last_day__gte=today - DAY)
            if self.territory is not None:
                soon = soon.filter(**{f"{whose}__territory": self.territory})
            named = soon.order_by().annotate(whose=Value(whose), sheet=F(whose))
            parts.append(
                named.values_list("whose", "sheet", "first_day", "last_day", "note", named=True)
            )
        for one in parts[0].union(parts[1], all=True):
            found[one.whose, one.sheet].append(one)
        return found

    def closed(self, whose: str, key: int, hours: str) -> str:
        """Its hours, and when they do not hold."""
        found = self.closures.get((whose, key))
        return joined(hours, found) if hours and found else hours

    @cached_property
    def opened(self) -> Sequence[Answers]:
        """Those of which it is known that somebody is there now."""
        kept: dict[Any, Answers] = {}
        for zone, doors in set(zip(self.zones, self.hours, strict=True)):
            known = open_at(doors, self.now.astimezone(clock_of(zone)))
            kept[zone, doors] = YES if any(known.values()) else NONE
        return [kept[both] for both in zip(self.zones, self.hours, strict=True)]

    @cached_property
    def held(self) -> Sequence[Answers]:
        """The towns where it is."""
        return self.named(attrgetter("town"))

    @property
    def reached(self) -> Sequence[Answers]:
        """The towns for whose people it is there."""
        return self.held

    @cached_property
    def towns(self) -> dict[str, str]:
        """INSEE codes by name, of the towns where something is."""
        return {place.town: place.code for place in self.all_places if place.town}

    @property
    def known_towns(self) -> Iterable[str]:
        return self.towns

    @cached_property
    def neighbourhoods(self) -> Sequence[Answers]:
        """By code, as the facet of the agenda has it; by key where there is none."""
        codes = {key: code for key, (code, _name) in self._neighbourhoods.items()}
        return self.named(lambda place: codes.get(place.neighbourhood, ""))

    @cached_property
    def neighbourhood_names(self) -> dict[str, str]:
        return dict(sorted(self._neighbourhoods.values(), key=lambda found: found[1].casefold()))

    @cached_property
    def _neighbourhoods(self) -> dict[int | None, tuple[str, str]]:
        """Codes and names of the territory's, by key."""
        found = (row for row in self.near.known if row.kind == "quartier")
        return {int(row.key): (row.code or row.key, row.name) for row in found}

    @cached_property
    def terms(self) -> dict[int, Term]:
        return Term.objects.exclude(kind__in=UNASKED).in_bulk()

    def of_terms(
        self, keys: Sequence[int], terms: Sequence[int], code_of: Callable[[Term], str]
    ) -> Sequence[Answers]:
        """A column of codes; `keys` and `terms`: who carries what, pair by pair."""
        codes = tuple((key, code_of(term)) for key, term in self.terms.items())
        return coded(self.keys, keys, terms, codes)

    def family(self, theme: Term) -> str:
        parent = self.terms.get(theme.parent_id or 0)
        return parent.code if parent else ""

    def words_of(self, kind: str) -> dict[str, str]:
        """By code, in the order of the vocabulary."""
        found = [term for term in self.terms.values() if term.kind == kind]
        return {term.code: term.words for term in sorted(found, key=lambda term: term.position)}


UNASKED = (Term.Kind.EVENT_FORMAT, Term.Kind.AXIS, Term.Kind.SECTOR)


def clock_of(zone: str | None) -> zoneinfo.ZoneInfo:
    return zoneinfo.ZoneInfo(zone) if zone else zone_of(None)


def department(insee_code: str) -> str:
    """« 31 » of « 31555 », « 974 » of « 97411 »."""
    return insee_code[:3] if insee_code.startswith("97") else insee_code[:2]
