"""Structures and services as data·inclusion v1 (schema 1.0.8): absent is left out, never empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from territories.models import Territory
from territories.open_data.editions import extent_of_pages
from territories.plugins.contributions import Dataset

from .data_inclusion import service_row, structure_row
from .data_inclusion.rows import SERVICE_COLUMNS, STRUCTURE_COLUMNS
from .data_inclusion.schema import facts
from .models import ActorPage, ServicePage
from .models.actors import ActorQuerySet
from .models.services import ServiceQuerySet

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
        yield structure_row(actor)


def service_rows(services: ServiceQuerySet) -> Iterator[Mapping[str, Any]]:
    for service in services.prefetch_related("themes", "publics").iterator(chunk_size=CHUNK):
        yield service_row(service)


SCHEMA = f"data·inclusion, schéma v{facts()['version']}"
STRUCTURES = Dataset(
    "structures",
    _("Structures"),
    _("Les acteurs et leurs lieux."),
    structures,
    SCHEMA,
    STRUCTURE_COLUMNS,
    extent_of_pages(actors_told),
)
SERVICES = Dataset(
    "services",
    _("Services"),
    _("Les aides que proposent les acteurs."),
    services,
    SCHEMA,
    SERVICE_COLUMNS,
    extent_of_pages(services_told),
)
DATASETS = [STRUCTURES, SERVICES]
