"""« Near what? »: a commune, a neighbourhood, an actor, or where the visitor stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources_directory.models import ActorPage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import said_in
from territories.places.distance import Point, distance_words, kilometres, point_of, within
from territories.places.models import Commune, Neighbourhood

if TYPE_CHECKING:
    from territories.models import Territory

# In kilometres; 0 is this very place, as the map asks.
RADII = (1, 2, 5, 10, 20)
HERE_ALONE = 0.1
USUAL_RADIUS = 2
POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)", re.ASCII)
# The places to choose from are in the page: those of a territory, never those of a country.
MOST_OF_A_KIND = 60
KINDS = {
    "commune": gettext_lazy("Une commune"),
    "quartier": gettext_lazy("Un quartier"),
    "lieu": gettext_lazy("Un lieu"),
}
HERE = gettext_lazy("ici")


@dataclass(frozen=True)
class Place:
    """`value` is what the address says of it: « commune-31555 », « 43.57,1.40 »."""

    kind: str
    value: str
    name: str
    point: Point

    @property
    def label(self) -> str:
        return said_in(self.name, SOURCE_LANGUAGE) if self.kind else self.name


class Row(NamedTuple):
    """Somewhere that has a name; `code`: INSEE's or that of the priority neighbourhood. `around`:
    the code of what holds a commune."""

    kind: str
    key: str
    name: str
    code: str
    around: str
    latitude: float | None
    longitude: float | None


class Near:
    """Reads `?pres=` and `?rayon=`; a place that nobody knows narrows nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.territory: Territory | None = request.territory
        self.asked = request.GET.get("pres", "")
        radius = request.GET.get("rayon", "")
        self.radius = int(radius) if radius in map(str, (0, *RADII)) else USUAL_RADIUS

    def __bool__(self) -> bool:
        return self.place is not None

    @cached_property
    def place(self) -> Place | None:
        if not self.asked:
            return None
        if point := read_point(self.asked):
            return Place("", self.asked, str(HERE), point)
        return next((place for place in self.places if place.value == self.asked), None)

    @cached_property
    def known(self) -> list[Row]:
        """The communes, the neighbourhoods and the actors of the territory, in one query."""
        own = {"territories": self.territory} if self.territory else {"territories__isnull": False}
        parts = [
            named(Commune.objects.filter(**own), "commune", "code", "name", "code", "epci"),
            named(Neighbourhood.objects.filter(**own), "quartier", "pk", "name", "code"),
        ]
        if self.territory:
            actors = ActorPage.objects.findable().in_territory(self.territory)
            parts.append(named(actors.exclude(latitude=None), "lieu", "pk", "title"))
        # A commune of several territories is one.
        return list(starmap(Row, parts[0].union(*parts[1:], all=self.territory is not None)))

    @property
    def places(self) -> Iterator[Place]:
        """Those whose coordinates are known."""
        return filter(None, map(place_of, self.known))

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """For the list to choose from."""
        kinds = list(KINDS)
        # Made after they are chosen: there may be thousands.
        found = sorted(self.known, key=lambda row: (kinds.index(row.kind), row.name.casefold()))
        return [
            {"label": KINDS[kind], "places": places}
            for kind, rows in groupby(found, key=attrgetter("kind"))
            if (places := list(islice(filter(None, map(place_of, rows)), MOST_OF_A_KIND)))
        ]

    @property
    def radii(self) -> Sequence[int]:
        return RADII

    @property
    def kilometres(self) -> float:
        return self.radius or HERE_ALONE

    def narrow(self, records: QuerySet, *, latitude: Combinable, longitude: Combinable) -> QuerySet:
        """Those near the place that was asked; all where none was."""
        if self.place is None:
            return records
        return within(
            records, self.place.point, self.kilometres, latitude=latitude, longitude=longitude
        )

    def holds(self, point: Point) -> bool:
        """Whether a point is near enough; any is where no place was asked."""
        return self.place is None or kilometres(self.place.point, point) <= self.kilometres

    @property
    def words(self) -> str:
        """« à 2 km de Bagatelle », « à 2 km d’ici »."""
        if self.place is None:
            return ""
        if not self.radius:
            return _("à cet endroit")
        if not self.place.kind:
            return _("à moins de %(number)s km d’ici") % {"number": self.radius}
        return _("à moins de %(number)s km : %(place)s") % {
            "number": self.radius,
            "place": self.place.label,
        }

    def distance(self, point: Point | None) -> str:
        """« à 350 m »; "" where one of the two places is not known."""
        if self.place is None or point is None:
            return ""
        return distance_words(kilometres(self.place.point, point))


def place_of(row: Row) -> Place | None:
    point = point_of(row.latitude, row.longitude)
    return Place(row.kind, f"{row.kind}-{row.key}", row.name, point) if point else None


def named(queryset: QuerySet, kind: str, *fields: str) -> QuerySet:
    """`fields`: those of the key, the name, and where there are any the code and what is around."""
    key, name, *codes = fields
    nothing = Value("", CharField())
    return queryset.order_by().values_list(
        Value(kind, CharField()),
        Cast(key, CharField()),
        F(name),
        *(F(field) for field in codes),
        *[nothing] * (2 - len(codes)),
        F("latitude"),
        F("longitude"),
    )


def read_point(words: str) -> Point | None:
    found = POINT.fullmatch(words)
    if found is None:
        return None
    point = Point(float(found[1]), float(found[2]))
    return point if abs(point.latitude) <= 85 and abs(point.longitude) <= 180 else None
