"""Actors and services as schema.org data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from territories.discovery.structured import known, place_data, publisher
from territories.territory import zone_of

from .hours.structured import special, specifications
from .sheets import hours_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import ActorPage, ServicePage
    from .whereabouts import Place


def actor_data(page: ActorPage, request: HttpRequest) -> Mapping[str, Any]:
    """An organization, and the place where it receives people with its hours."""
    record = page.record
    place = dict(place_data("", record) or {})
    if place:
        text, closures = hours_of(record)
        place["openingHoursSpecification"] = specifications(text, day_of(record))
        place["specialOpeningHoursSpecification"] = special(closures, day_of(record))
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
    places, today = record.all_places, day_of(record)
    text, closures = hours_of(record)
    locations = [
        found for place in places if (found := location(place, actor, len(places) == 1, today))
    ]
    if len(locations) == 1:
        locations[0] |= known({"specialOpeningHoursSpecification": special(closures, today)})
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
            "hoursAvailable": specifications(text, today),
            "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"}
            if record.is_free
            else None,
        }
    )


def location(
    place: Place, actor: ActorPage | None, is_alone: bool, today: date
) -> dict[str, Any] | None:
    """A place; of several, each has its own hours. Alone, it bears the name of the actor."""
    name = place.name or (actor.title if is_alone and actor else "")
    found = place_data(name, place.at)
    if not found:
        return None
    hours = [] if is_alone else specifications(place.opening_hours, today)
    return known({**found, "openingHoursSpecification": hours})


def phone(number: str) -> Mapping[str, str] | None:
    return {"@type": "ContactPoint", "telephone": number} if number else None


def day_of(record: ServicePage | ActorPage) -> date:
    """Today, on the clock of the territory."""
    return timezone.localdate(timezone=zone_of(record.territory))
