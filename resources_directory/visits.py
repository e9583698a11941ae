"""Where to go and when: the places of a service as its sheet tells them, the next one first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from territories.places.models import Address
from territories.words import sentence

from .hours.closures import Days
from .hours.sheet import in_short, state_of
from .models import ServicePage
from .whereabouts import Place

# Only a link: nothing is asked of that site before somebody follows it.
DIRECTIONS = "https://www.openstreetmap.org/directions?route=%3B{latitude:.5f}%2C{longitude:.5f}"
# Two months of a permanence a week.
MOST_DAYS = 8


def visits(service: ServicePage, now: datetime) -> list[dict[str, Any]]:
    """What is said of each place; nothing where the contact says it all: one place, no days."""
    places = service.all_places
    if len(places) == 1 and not (places[0].days or places[0].note or places[0].is_itinerant):
        return []
    today = now.date()
    ordered = sorted(places, key=lambda place: when(place, today))
    closures = service.closures_in_force
    return [visit(place, closures, now, is_alone=len(places) == 1) for place in ordered]


def when(place: Place, today: date) -> date:
    """For the order: by the next day; then those of every week, and last those that are over."""
    if not place.days:
        return date.max.replace(month=1)
    return min((one.day for one in place.coming(today)), default=date.max)


def visit(place: Place, closures: list[Days], now: datetime, *, is_alone: bool) -> dict[str, Any]:
    """`is_alone`: the contact tells its address and its hours already."""
    coming = place.coming(now.date())
    told = place.opening_hours and not is_alone
    return {
        "place": place,
        "actor": place.actor,
        "address": "" if is_alone else address_lines(place.at),
        "days": [sentence(one.words) for one in coming[:MOST_DAYS]],
        "more": max(0, len(coming) - MOST_DAYS),
        "is_over": bool(place.days) and not coming,
        "hours": in_short(place.opening_hours, now.date()) if told else [],
        "state": state_of(place.opening_hours, closures, now, place.at.insee_code)
        if told
        else None,
        "way": "" if is_alone else way(place.step_free),
        "map_url": "" if is_alone else directions(place.at),
    }


def address_lines(at: Address) -> str:
    town = " ".join(part for part in (at.postcode, at.commune) if part)
    return lines((at.address, at.address_extra, town))


def lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def way(step_free: bool | None) -> str:
    return {True: _("Entrée sans marche."), False: _("Il y a une marche à l’entrée.")}.get(
        step_free, ""
    )


def directions(at: Address) -> str:
    if not at.has_coordinates:
        return ""
    return DIRECTIONS.format(latitude=at.latitude, longitude=at.longitude)
