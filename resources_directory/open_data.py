"""Structures and services as data·inclusion v1 (schema 1.0.8): absent is left out, never empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from territories.models import Territory
from territories.open_data.editions import extent_of_pages
from territories.plugins.contributions import Dataset
from territories.templatetags.look import phone_link

from . import columns
from .codes import SCHEMA_VERSION
from .models import ActorPage, ServicePage
from .models.actors import ActorQuerySet
from .models.services import ServiceQuerySet

# Who we are among the producers of data·inclusion.
SOURCE = "cites-emploi"
CHUNK = 500


def actors_told(territory: Territory | None) -> ActorQuerySet:
    return ActorPage.objects.findable().in_territory(territory)


def services_told(territory: Territory | None) -> ServiceQuerySet:
    """Services whose actor is published as well: `structure_id` must lead somewhere."""
    found = ServicePage.objects.findable().in_territory(territory)
    return found.with_actor().filter(actor_is_shown=True)


def structures(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    return structure_rows(actors_told(territory).order_by("pk"))


def services(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    return service_rows(services_told(territory).order_by("pk"))


def structure_rows(actors: ActorQuerySet) -> Iterator[Mapping[str, Any]]:
    for actor in actors.prefetch_related("networks").iterator(chunk_size=CHUNK):
        yield without_empty(
            {
                **identity(actor),
                "description": actor.description if len(actor.description) >= 5 else "",
                "siret": actor.siret,
                **address(actor),
                "telephone": e164(actor.phone),
                "courriel": actor.email,
                "site_web": actor.website,
                "horaires_accueil": actor.opening_hours,
                "accessibilite_lieu": actor.accessibility_url,
                "reseaux_porteurs": [term.code for term in actor.networks.all()],
            }
        )


def service_rows(services: ServiceQuerySet) -> Iterator[Mapping[str, Any]]:
    for service in services.prefetch_related("themes", "publics").iterator(chunk_size=CHUNK):
        yield without_empty(
            {
                **identity(service),
                "structure_id": identifier(service.actor),
                "description": service.description,
                "type": service.type,
                "thematiques": [term.code for term in service.themes.all()],
                "frais": service.fees,
                "frais_precisions": service.fees_details,
                "publics": [term.code for term in service.publics.all()],
                "publics_precisions": service.publics_details,
                "conditions_acces": service.access_conditions,
                **address(service.place),
                "telephone": e164(service.phone or service.actor.phone),
                "courriel": service.email or service.actor.email,
                "modes_accueil": service.reception_modes,
                "zone_eligibilite": service.eligibility_zone,
                "contact_nom_prenom": service.contact_name,
                "lien_mobilisation": service.mobilisation_link,
                "modes_mobilisation": service.mobilisation_modes,
                "mobilisable_par": service.mobilisable_by,
                "mobilisation_precisions": service.mobilisation_details,
                "volume_horaire_hebdomadaire": None
                if service.weekly_hours is None
                else float(service.weekly_hours),
                "nombre_semaines": service.weeks,
                "horaires_accueil": service.opening_hours,
            }
        )


def identifier(record: ActorPage | ServicePage) -> str:
    return record.external_id or f"{SOURCE}--{record.translation_key}"


def identity(record: ActorPage | ServicePage) -> dict[str, Any]:
    return {
        "id": identifier(record),
        "source": record.source or SOURCE,
        "nom": record.title,
        "date_maj": record.confirmed_on.isoformat(),
        "lien_source": record.source_url or record.full_url,
    }


def address(place: ActorPage | ServicePage) -> dict[str, Any]:
    return {
        "adresse": place.address,
        "complement_adresse": place.address_extra,
        "code_postal": place.postcode,
        "commune": place.commune,
        "code_insee": place.insee_code,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def e164(number: str) -> str:
    """`05 36 49 12 00` → `+33536491200`; a short or foreign number stays as it was written."""
    return phone_link(number).removeprefix("tel:") or number


def without_empty(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}


SCHEMA = f"data·inclusion, schéma v{SCHEMA_VERSION}"
DATASETS = [
    Dataset(
        "structures",
        _("Structures"),
        _("Les acteurs et leurs lieux."),
        structures,
        SCHEMA,
        columns.STRUCTURES,
        extent_of_pages(actors_told),
    ),
    Dataset(
        "services",
        _("Services"),
        _("Les aides que proposent les acteurs."),
        services,
        SCHEMA,
        columns.SERVICES,
        extent_of_pages(services_told),
    ),
]
