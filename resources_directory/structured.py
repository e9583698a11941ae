"""Actors and services as schema.org data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from territories.discovery.structured import known, place_data, publisher

from .hours.opening_hours import periods

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import ActorPage, ServicePage
    from .whereabouts import Place

DAYS = {
    "Mo": "Monday",
    "Tu": "Tuesday",
    "We": "Wednesday",
    "Th": "Thursday",
    "Fr": "Friday",
    "Sa": "Saturday",
    "Su": "Sunday",
    "PH": "PublicHolidays",
}


def actor_data(page: ActorPage, request: HttpRequest) -> Mapping[str, Any]:
    """An organization, and the place where it receives people with its hours."""
    record = page.record
    place = dict(place_data("", record) or {})
    if place:
        place["openingHoursSpecification"] = hours(record.opening_hours)
    url = page.get_full_url(request)
    return known(
        {
            "@type": "Organization",
            "@id": f"{url}#actor",
            "name": page.title,
            "description": page.in_short,
            "url": url,
            "sameAs": record.website,
            "telephone": record.phone,
            "email": record.email,
            "identifier": record.siret,
            "address": place.get("address"),
            "location": known(place),
        }
    )


def service_data(page: ServicePage, request: HttpRequest) -> Mapping[str, Any]:
    """A service to the public, who gives it and how it is asked for."""
    record, actor = page.record, page.record.shown_actor
    url = page.get_full_url(request)
    places = record.all_places
    locations = [found for place in places if (found := location(place, actor, len(places) == 1))]
    channel = known(
        {
            "@type": "ServiceChannel",
            "serviceUrl": record.mobilisation_link or url,
            "servicePhone": phone(record.phone or (actor.phone if actor else "")),
            "serviceLocation": locations[0] if len(locations) == 1 else locations,
            "availableLanguage": record.languages,
        }
    )
    provider = {"@type": "Organization", "name": actor.title} if actor else None
    return known(
        {
            "@type": "GovernmentService",
            "@id": f"{url}#service",
            "name": page.title,
            "description": page.in_short,
            "url": url,
            "inLanguage": page.language,
            "provider": provider or publisher(record.territory),
            "serviceOperator": publisher(record.territory),
            "areaServed": record.territory.town if record.territory else "",
            "availableChannel": channel,
            "hoursAvailable": hours(places[0].opening_hours) if len(places) == 1 else [],
            "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}
            if record.is_free
            else None,
        }
    )


def location(place: Place, actor: ActorPage | None, is_alone: bool) -> Mapping[str, Any] | None:
    """A place; of several, each has its own hours. Alone, it bears the name of the actor."""
    if is_alone:
        return place_data(place.name or (actor.title if actor else ""), place.at)
    found = place_data(place.name, place.at)
    if not found:
        return None
    return known({**found, "openingHoursSpecification": hours(place.opening_hours)})


def phone(number: str) -> Mapping[str, str] | None:
    return {"@type": "ContactPoint", "telephone": number} if number else None


def hours(rules: str) -> list[Mapping[str, Any]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [DAYS[day] for day in days if day in DAYS],
            "opens": opens,
            # schema.org counts to 23:59.
            "closes": "23:59" if closes == "24:00" else closes,
        }
        for days, opens, closes in periods(rules)
    ]
