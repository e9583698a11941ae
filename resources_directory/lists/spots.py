"""A list as places: where what is listed is given, for the map and for the list beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import get_language, ngettext

from resources_directory.map_drawing import HEIGHT, WIDTH, drawing
from resources_directory.models import ActorPage, ServicePage
from territories.pages.keys import Keys
from territories.pages.translations import read_in_language
from territories.places.distance import Point
from territories.places.models import Address
from territories.vocabulary.families import families

from .columns import Where

if TYPE_CHECKING:
    from resources_directory.models.records import DirectoryRecord

    from .guide import Guide

PER_PAGE = 12
# The drawing that stands where no script runs: more of them would cover one another.
MOST_DRAWN = 200
ADDRESS = ("address", "address_extra", "postcode", "commune")
# A place names its first services, and counts the others.
NAMED = 3


@dataclass
class Spot:
    """One place, with its first services."""

    where: Where
    keys: list[int] = field(default_factory=list)
    items: list[ServicePage] = field(default_factory=list)
    actor: ActorPage | None = None
    at: Address | None = None
    name: str = ""
    # Of the need of its first service.
    category: str = ""
    icon: str = ""
    distance: str = ""
    url: str = ""

    @property
    def point(self) -> Point:
        return self.where.point

    @property
    def id(self) -> str:
        return f"{self.point.latitude:.5f},{self.point.longitude:.5f}"

    @property
    def address(self) -> str:
        return self.at.address_line if self.at else ""

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def others(self) -> int:
        return self.count - len(self.items)

    @property
    def words(self) -> str:
        return ngettext("%(count)d aide", "%(count)d aides", self.count) % {"count": self.count}


class Spots:
    """The places of the guide, in the order of what comes first there."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    @cached_property
    def all(self) -> list[Spot]:
        facts, near = self.guide.facts, self.guide.near
        places, rows = facts.places, facts.rows
        found: dict[Point, Spot] = {}
        for key in self.guide.listing.keys:
            for place in places[rows[key]]:
                point = place.point
                if point is None or (near and not near.holds(point)):
                    continue
                spot = found.get(point)
                if spot is None:
                    found[point] = Spot(place, [key])
                elif spot.keys[-1] != key:
                    spot.keys.append(key)
        return list(found.values())

    @cached_property
    def page(self) -> PaginatorPage:
        page = Paginator(self.all, PER_PAGE).get_page(self.guide.listing.asked_page)
        page.object_list = self.read(page.object_list)
        return page

    def named(self, spots: Iterable[Spot]) -> list[Spot]:
        """These places with their names, their addresses and what the map marks them with."""
        spots = list(spots)
        own = [spot.keys[0] for spot in spots if not spot.where.actor and not spot.where.place]
        return self._named(
            spots,
            whose(ActorPage, [spot.where.actor for spot in spots]),
            whose(ServicePage, own),
        )

    def read(self, spots: Iterable[Spot]) -> list[Spot]:
        """As `named`, with their first services, and the pages of the actors who are there."""
        spots = list(spots)
        wanted = {key: None for spot in spots for key in spot.keys[:NAMED]}
        items = {item.pk: item for item in self.guide.listing.read(list(wanted))}
        actors = pages_of(spots)
        for spot in spots:
            spot.items = [items[key] for key in spot.keys[:NAMED] if key in items]
            spot.actor = actors.get(spot.where.actor)
        return self._named([spot for spot in spots if spot.items], actors, items)

    def _named(
        self, spots: list[Spot], actors: Mapping[Any, Address], services: Mapping[Any, Address]
    ) -> list[Spot]:
        facts, known = self.guide.facts, families()
        for spot in spots:
            actor = actors.get(spot.where.actor)
            place = facts.own_places.get(spot.where.place)
            spot.at = actor or place or services.get(spot.keys[0])
            label = place.label if place else ""
            spot.name = label or (actor.title if actor else "") or spot.address
            spot.category = facts.need(facts.rows[spot.keys[0]])
            spot.icon = known[spot.category].icon if spot.category in known else ""
            spot.distance = self.guide.near.distance(spot.point)
            spot.url = self.guide.url(pres=spot.id, rayon="0", vue="")
        return spots

    @property
    def unplaced(self) -> int:
        """How many services have no known place: at a distance, or not yet located."""
        placed = set(chain.from_iterable(spot.keys for spot in self.all))
        return self.guide.listing.count - len(placed)

    @property
    def drawing(self) -> Mapping[str, Any]:
        points = drawing(
            [(spot.point.longitude, spot.point.latitude) for spot in self.all[:MOST_DRAWN]]
        )
        return {"width": WIDTH, "height": HEIGHT, "points": points}


def whose(model: type[DirectoryRecord], keys: Iterable[int | None]) -> dict[int | None, Any]:
    """Their names and their addresses alone: there may be thousands."""
    found = {key for key in keys if key is not None}
    rows = model.objects.filter(pk__in=Keys(found)).only("title", *ADDRESS) if found else []
    return {row.pk: row for row in rows}


def pages_of(spots: Sequence[Spot]) -> dict[int | None, ActorPage]:
    chosen = ActorPage.objects.filter(pk__in={spot.where.actor for spot in spots} - {None})
    found = read_in_language(
        chosen.order_by("pk"),
        get_language() or "",
        lambda actors: actors.select_related("locale", "territory__site"),
    )
    return {actor.pk: actor for actor in found}
