"""The names of places: they say where somebody looks, not what for."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.db.models import CharField, Q, Value

from territories.places.models import Commune, Neighbourhood

from .synonyms import Phrase, phrase_of

if TYPE_CHECKING:
    from territories.models import Territory

SECONDS_BETWEEN_LOOKS = 600
# « Hérouville » is Hérouville-Saint-Clair, « Saint » is no town.
SHORTEST_FIRST_NAME = 7

_known: dict[int | None, tuple[float, frozenset[Phrase]]] = {}


def places_of(territory: Territory | None) -> frozenset[Phrase]:
    """The stems of the communes and neighbourhoods of a territory, of all of them for None. One
    query, none before the next look."""
    key, now = territory.pk if territory else None, time.monotonic()
    looked_at, names = _known.get(key, (float("-inf"), frozenset()))
    if now - looked_at >= SECONDS_BETWEEN_LOOKS:
        names = frozenset(phrase for phrase in phrases(key) if phrase)
        _known[key] = now, names
    return names


def whole_of(territory: Territory | None, places: Collection[Phrase]) -> frozenset[Phrase]:
    """The names of the territory itself, which say nothing of where in it: « Caen la mer », and
    « Caen »."""
    if territory is None:
        return frozenset()
    name = phrase_of(territory.name)
    return frozenset({name, *(place for place in places if place == name[: len(place)])} - {()})


def phrases(territory: int | None) -> Iterator[Phrase]:
    here = Q(territories=territory) if territory else Q(territories__isnull=False)
    kinds = [
        model.objects.filter(here).order_by().annotate(kind=Value(kind, CharField()))
        for kind, model in (("commune", Commune), ("neighbourhood", Neighbourhood))
    ]
    communes, neighbourhoods = (one.values_list("kind", "name").distinct() for one in kinds)
    for kind, name in communes.union(neighbourhoods):
        # « Les Belles Portes et la Grande Delle »
        for one in re.split(r" et | / | - ", name):
            yield phrase_of(one)
        first = re.split(r"\W", name)[0]
        if kind == "commune" and len(first) >= SHORTEST_FIRST_NAME:
            yield phrase_of(first)


def forget_places() -> None:
    """What this process has read."""
    _known.clear()
