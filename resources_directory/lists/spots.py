"""A list as places: where what is listed is given, for the map and for the list beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import get_language, ngettext

from resources_directory.map_drawing import HEIGHT, WIDTH, drawing
from resources_directory.models import ActorPage, ServicePage
from territories.pages.translations import in_language
from territories.places.distance import Point
from territories.places.models import Address

from .facts import Where

if TYPE_CHECKING:
    from .guide import Guide

PER_PAGE = 50
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

    @property
    def need(self) -> Any:
        """What the map draws: the need of its first service."""
        return self.items[0].need if self.items else None


class Spots:
    """The places of the guide, in the order of what comes first there."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide

    @cached_property
    def all(self) -> list[Spot]:
        listing, facts, near = self.guide.listing, self.guide.facts, self.guide.near
        found: dict[Point, Spot] = {}
        for key in listing.keys:
            for place in facts.places[facts.rows[key]]:
                if place.point and near.holds(place.point):
                    spot = found.setdefault(place.point, Spot(place))
                    if key not in spot.keys[-1:]:
                        spot.keys.append(key)
        return list(found.values())

    @cached_property
    def page(self) -> PaginatorPage:
        page = Paginator(self.all, PER_PAGE).get_page(self.guide.listing.asked_page)
        page.object_list = self.read(page.object_list)
        return page

    def read(self, spots: Iterable[Spot]) -> list[Spot]:
        """These places with their names, their addresses and their first services."""
        spots = list(spots)
        guide = self.guide
        named = {key: None for spot in spots for key in spot.keys[:NAMED]}
        items = {item.pk: item for item in guide.listing.read(list(named))}
        actors = actors_of(spots)
        for spot in spots:
            spot.items = [items[key] for key in spot.keys[:NAMED] if key in items]
            spot.actor = actors.get(spot.where.actor)
            spot.at = spot.actor or (spot.items[0] if spot.items else None)
            spot.name = spot.actor.title if spot.actor else spot.address
            spot.distance = guide.near.distance(spot.point)
            spot.url = guide.url(pres=spot.id, rayon="0", vue="")
        return [spot for spot in spots if spot.items]

    @property
    def unplaced(self) -> int:
        """How many services have no known place: at a distance, or not yet located."""
        placed = {key for spot in self.all for key in spot.keys}
        return self.guide.listing.count - len(placed)

    @property
    def drawing(self) -> Mapping[str, Any]:
        points = drawing([(spot.point.longitude, spot.point.latitude) for spot in self.all])
        return {"width": WIDTH, "height": HEIGHT, "points": points}


def actors_of(spots: Sequence[Spot]) -> dict[int | None, ActorPage]:
    keys = {spot.where.actor for spot in spots} - {None}
    found = ActorPage.objects.filter(pk__in=keys).select_related("locale", "territory__site")
    return {actor.pk: actor for actor in in_language(found, get_language() or "")} if keys else {}
