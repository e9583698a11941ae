"""From the facts of the data files to the fields of the page types.

Actors and services are written with data·inclusion v1 names; `ACTOR_FIELDS` and `SERVICE_FIELDS`
say which field of ours holds which.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from agenda.models import EventPartner
from resources_directory.models import ActorClosure, ActorPage, ServicePlace
from territories.models import Term

from .reading import WEEKDAYS, monday_of

ADDRESS_FIELDS = {
    "adresse": "address",
    "complement_adresse": "address_extra",
    "code_postal": "postcode",
    "commune": "commune",
    "code_insee": "insee_code",
    "latitude": "latitude",
    "longitude": "longitude",
}
SHEET_FIELDS = {
    **ADDRESS_FIELDS,
    "nom": "title",
    "description": "description",
    "telephone": "phone",
    "courriel": "email",
    "horaires_accueil": "opening_hours",
    "step_free": "step_free",
    "languages_spoken": "languages_spoken",
    "specific_care": "specific_care",
}
ACTOR_FIELDS = {
    **SHEET_FIELDS,
    "site_web": "website",
}
SERVICE_FIELDS = {
    **SHEET_FIELDS,
    "type": "type",
    "frais": "fees",
    "frais_precisions": "fees_details",
    "publics_precisions": "publics_details",
    "conditions_acces": "access_conditions",
    "modes_accueil": "reception_modes",
    "zone_eligibilite": "eligibility_zone",
    "contact_nom_prenom": "contact_name",
    "lien_mobilisation": "mobilisation_link",
    "modes_mobilisation": "mobilisation_modes",
    "mobilisable_par": "mobilisable_by",
    "mobilisation_precisions": "mobilisation_details",
    "volume_horaire_hebdomadaire": "weekly_hours",
    "nombre_semaines": "weeks",
    "to_bring": "to_bring",
}
PLACE_FIELDS = {
    **ADDRESS_FIELDS,
    "label": "label",
    "step_free": "step_free",
    "horaires_accueil": "opening_hours",
    "is_itinerant": "is_itinerant",
    "note": "note",
}
EVENT_FIELDS = {
    "title": "title",
    "summary": "summary",
    "body": "body",
    "status": "status",
    "free": "is_free",
    "cost": "cost",
    "to_bring": "to_bring",
    "registration": "registration",
    "registration_link": "registration_link",
    "registration_phone": "registration_phone",
    "registration_email": "registration_email",
    "online_url": "online_url",
    "conditions": "conditions",
    "accessibility": "accessibility",
    "access_details": "access_details",
    "childcare": "childcare",
    "mobility_help": "mobility_help",
    "contact_name": "contact_name",
    "phone": "phone",
    "email": "email",
    "form": "registration_is_open",
    "capacity": "capacity",
    "capacity_is_for": "capacity_is_for",
    "closes_hours_before": "closes_hours_before",
}
# What a translation says in another language; the rest is read from the record.
EVENT_WORDS = {
    name: name
    for name in (
        *("title", "summary", "body", "cost", "to_bring", "registration"),
        *("conditions", "access_details", "childcare", "mobility_help"),
    )
}
NEWS_WORDS = {name: name for name in ("title", "summary")}
LETTER_WORDS = {name: name for name in ("title", "subject", "preheader")}
STORY_WORDS = {name: name for name in ("title", "summary", "quote", "steps", "body")}
SERVICE_WORDS = {
    "nom": "title",
    "description": "description",
    "publics_precisions": "publics_details",
    "frais_precisions": "fees_details",
    "conditions_acces": "access_conditions",
    "to_bring": "to_bring",
    "mobilisation_precisions": "mobilisation_details",
}


def fields(fact: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {ours: fact[theirs] for theirs, ours in names.items() if theirs in fact}


def perimeter(fact: dict[str, Any]) -> dict[str, Any] | None:
    """`perimeter`: the corners of a neighbourhood, longitude first."""
    corners = fact.get("perimeter")
    if not corners:
        return None
    return {"type": "MultiPolygon", "coordinates": [[[*corners, corners[0]]]]}


def event_partners(fact: dict[str, Any], actors: Mapping[str, ActorPage]) -> list[EventPartner]:
    """`co_organisers` and `partners`: slugs of actors."""
    roles = EventPartner.Role
    named = [(slug, roles.ORGANISER) for slug in fact.get("co_organisers", [])]
    named += [(slug, roles.PARTNER) for slug in fact.get("partners", [])]
    return [
        EventPartner(actor=actors[slug], role=role, sort_order=position)
        for position, (slug, role) in enumerate(named)
    ]


def service_places(
    fact: dict[str, Any], actors: Mapping[str, ActorPage], *, today: date, namespace: uuid.UUID
) -> list[ServicePlace]:
    """`places`: a host or an address; the days of one fall on a `weekday` of some `weeks`."""
    return [
        ServicePlace(
            # Fixed, so that loading twice changes nothing.
            key=uuid.uuid5(namespace, f"{fact['slug']}/places/{position}"),
            sort_order=position,
            actor=actors[place["actor"]] if "actor" in place else None,
            days=[
                {"day": day.isoformat(), "start": place["start"], "end": place["end"]}
                for day in days_of(place, today)
            ],
            **fields(place, PLACE_FIELDS),
        )
        for position, place in enumerate(fact.get("places", []))
    ]


def closures_of(fact: dict[str, Any], today: date) -> list[ActorClosure]:
    """`closures`: they begin `in_days` and last some `days`."""
    return [
        ActorClosure(
            first_day=today + timedelta(days=closure["in_days"]),
            last_day=today + timedelta(days=closure["in_days"] + closure["days"] - 1),
            note=closure["note"],
        )
        for closure in fact.get("closures", [])
    ]


def days_of(place: dict[str, Any], today: date) -> list[date]:
    if "weekday" not in place:
        return []
    first = monday_of(today) + timedelta(days=WEEKDAYS.index(place["weekday"]))
    return [first + timedelta(weeks=week) for week in place["weeks"]]


def confirmed_on(fact: dict[str, Any], today: date) -> date:
    return today - timedelta(days=fact.get("days_since_update", 0))


class Vocabulary:
    """Terms by kind and code, read once."""

    def __init__(self) -> None:
        self._terms = {(term.kind, term.code): term for term in Term.objects.all()}

    def term(self, kind: str, code: str) -> Term:
        return self._terms[kind, code]

    def terms(self, kind: str, codes: Sequence[str]) -> list[Term]:
        return [self.term(kind, code) for code in codes]
