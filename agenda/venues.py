"""Where an event takes place: at an actor's, at an address of its own, or on line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, FloatField, When
from django.utils.translation import gettext_lazy as _

from territories.places.distance import Point, point_of

if TYPE_CHECKING:
    from agenda.models import EventPage
    from resources_directory.models import ActorPage


# An actor's address stands for the event's own.
LATITUDE = Case(
    When(place__isnull=False, then=F("place__latitude")),
    default=F("latitude"),
    output_field=FloatField(),
)
LONGITUDE = Case(
    When(place__isnull=False, then=F("place__longitude")),
    default=F("longitude"),
    output_field=FloatField(),
)


class Attendance(models.TextChoices):
    ON_SITE = "sur-place", _("Sur place")
    ONLINE = "en-ligne", _("En ligne")
    BOTH = "sur-place-et-en-ligne", _("Sur place et en ligne")


@dataclass(frozen=True)
class Venue:
    """`name` and `address` may be empty; `actor` is set when the place has a page to be read."""

    name: str
    street: str
    address: str
    postcode: str
    commune: str
    insee_code: str
    latitude: float | None
    longitude: float | None
    actor: ActorPage | None
    is_online: bool
    # Known of an actor's door; None where nobody said it.
    step_free: bool | None = None

    @property
    def attendance(self) -> Attendance:
        """Told by the two facts that say it: somewhere to go, and whether one may stay at home."""
        if not self.is_online:
            return Attendance.ON_SITE
        return Attendance.BOTH if self.has_place else Attendance.ONLINE

    @property
    def has_place(self) -> bool:
        """Somewhere on the ground, named as it is in the source language."""
        return bool(self.name or self.street or self.address or self.commune)

    @property
    def short(self) -> str:
        """For a line of a list: « Maison de quartier de Bagatelle, 12 rue du Lot »."""
        parts = [self.name, self.street or self.commune]
        return ", ".join(part for part in parts if part) or self._online

    @property
    def full(self) -> str:
        """On one line, with the town: for calendars and maps."""
        return ", ".join(part for part in (self.name, self.address) if part) or self._online

    @property
    def _online(self) -> str:
        return str(Attendance.ONLINE.label) if self.is_online else ""

    @property
    def has_coordinates(self) -> bool:
        return self.point is not None

    @property
    def point(self) -> Point | None:
        return point_of(self.latitude, self.longitude)


def venue_of(event: EventPage) -> Venue:
    """`event`: the record. An actor's address stands for the event's own."""
    place = event.place
    where = place or event
    names = [place.title if place else "", event.place_name]
    return Venue(
        name=", ".join(name for name in names if name),
        street=where.address,
        address=where.address_line,
        postcode=where.postcode,
        commune=where.commune,
        insee_code=where.insee_code,
        latitude=where.latitude,
        longitude=where.longitude,
        actor=place if place and place.live else None,
        is_online=event.is_online,
        step_free=place.step_free if place else None,
    )
