"""Where a service is given: at each of its places, else at its own address, else at its actor's.

Of one record; `lists.services` says the same of twenty thousand, column by column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .permanences import Permanence, permanences

if TYPE_CHECKING:
    from datetime import date

    from territories.places.models import Address

    from .models import ActorPage, ServicePage, ServicePlace


@dataclass(frozen=True)
class Place:
    """One place of a service. `at` is the record that keeps the address: the place, the service or
    an actor; `actor` is whose door one knocks at, when it is known and may be shown."""

    at: Address
    actor: ActorPage | None = None
    label: str = ""
    opening_hours: str = ""
    step_free: bool | None = None
    is_itinerant: bool = False
    days: tuple[Permanence, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        return self.label or (self.actor.title if self.actor else "")

    def coming(self, today: date) -> list[Permanence]:
        """Its permanences that are not past."""
        return [one for one in self.days if one.day >= today]


def places_of(service: ServicePage) -> list[Place]:
    """All that may be shown, in the order of the form; never empty but for hidden hosts."""
    rows: list[ServicePlace] = list(service.places.all())
    if rows:
        know_hosts(rows)
        return [place_of(service, row) for row in rows if not row.actor_id or row.shown_actor]
    actor = service.shown_actor
    hours = service.opening_hours or (actor.opening_hours if actor else "")
    if service.is_somewhere or actor is None:
        return [Place(service, None, "", hours, service.step_free)]
    return [replace(place_of_actor(actor), opening_hours=hours)]


def place_of_actor(actor: ActorPage) -> Place:
    return Place(actor, actor, "", actor.opening_hours, actor.step_free)


def place_of(service: ServicePage, row: ServicePlace) -> Place:
    host = row.shown_actor
    days = tuple(permanences(row.days))
    usual = "" if days else service.opening_hours or (host.opening_hours if host else "")
    step_free = host.step_free if host and row.step_free is None else row.step_free
    return Place(
        host or row,
        host,
        row.label,
        row.opening_hours or usual,
        step_free,
        row.is_itinerant,
        days,
        row.note,
    )


def know_hosts(rows: list[ServicePlace]) -> None:
    """Reads in one query who of the hosts may be shown, where the rows do not know it yet."""
    from .models import ActorPage

    unread = [row for row in rows if row.actor_id and not hasattr(row, "actor_is_shown")]
    if unread:
        shown = ActorPage.objects.findable().in_bulk([row.actor_id for row in unread])
        for row in unread:
            row.shown_actor = shown.get(row.actor_id)
