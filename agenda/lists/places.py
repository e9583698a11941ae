"""The agenda as places: where what is listed happens, for the map and for the list beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.translation import ngettext

from agenda.lines import Line, lines_of
from agenda.models import EventPage
from agenda.venues import LATITUDE, LONGITUDE, Venue
from resources_directory.map_drawing import HEIGHT, WIDTH, drawing
from resources_directory.maps.features import feature
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.keys import Keys

if TYPE_CHECKING:
    from .programme import Programme

PER_PAGE = 50
# A place names its next events, and counts the others.
NAMED = 3


@dataclass
class Spot:
    """One place, with its next events."""

    latitude: float
    longitude: float
    keys: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    distance: str = ""
    url: str = ""

    @property
    def id(self) -> str:
        return f"{self.latitude:.5f},{self.longitude:.5f}"

    @property
    def venue(self) -> Venue:
        return self.lines[0].venue

    @property
    def name(self) -> str:
        return self.venue.name or self.venue.short

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def words(self) -> str:
        return ngettext("%(count)d rendez-vous", "%(count)d rendez-vous", self.count) % {
            "count": self.count
        }

    @property
    def others(self) -> int:
        return self.count - len(self.lines)

    @property
    def is_lit(self) -> bool:
        return any(line.is_lit for line in self.lines)


class Spots:
    """The places of the list, in the order of what comes first there."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def all(self) -> list[Spot]:
        keys = self.programme.listing.keys
        where = {
            pk: (latitude, longitude)
            for pk, latitude, longitude in EventPage.objects.filter(pk__in=Keys(keys))
            .order_by()
            .values_list("pk", LATITUDE, LONGITUDE)
            if latitude is not None and longitude is not None
        }
        found: dict[tuple[float, float], Spot] = {}
        for pk in keys:
            if point := where.get(pk):
                found.setdefault(point, Spot(*point)).keys.append(pk)
        return list(found.values())

    @cached_property
    def page(self) -> PaginatorPage:
        listing = self.programme.listing
        page = Paginator(self.all, PER_PAGE).get_page(listing.asked_page)
        spots = list(page.object_list)
        named = [pk for spot in spots for pk in spot.keys[:NAMED]]
        lines = {
            line.record.pk: line for line in lines_of(listing.read(named), self.programme.territory)
        }
        for spot in spots:
            spot.lines = [lines[pk] for pk in spot.keys[:NAMED] if pk in lines]
            if spot.lines:
                spot.distance = self.programme.near.distance(spot.venue.point)
            spot.url = self.programme.url(pres=spot.id, rayon="0", vue="")
        page.object_list = [spot for spot in spots if spot.lines]
        return page

    @property
    def unplaced(self) -> int:
        """How many events of the list have no known place: online, or not yet located."""
        return self.programme.listing.count - sum(spot.count for spot in self.all)

    @property
    def drawing(self) -> Mapping[str, Any]:
        points = drawing([(spot.longitude, spot.latitude) for spot in self.all])
        return {"width": WIDTH, "height": HEIGHT, "points": points}

    @property
    def features(self) -> Sequence[Mapping[str, Any]]:
        """As every map of the site reads them."""
        return [
            feature(
                spot.id,
                latitude=spot.latitude,
                longitude=spot.longitude,
                name=spot.name,
                language=SOURCE_LANGUAGE,
                url=spot.url,
                address=spot.venue.address,
                events=spot.count,
                said=spot.words,
            )
            for spot in self.page.object_list
        ]
