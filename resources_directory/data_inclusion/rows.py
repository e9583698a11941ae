"""Our records as rows of data·inclusion v1: absent is left out, never empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri, punycode

from resources_directory.models import ActorPage, ServicePage
from territories.plugins.contributions import Column
from territories.templatetags.look import phone_link

from .fees import fees_to_v1
from .fields import CONTACT, PLACE, SERVICE, SOURCE, STRUCTURE, Field, Shape

LEAST_DESCRIPTION = 5

_ID = (
    Column("id", "Identifiant qui ne change pas"),
    Column("source", "Qui a écrit la fiche : cites-emploi, ou le nom de la source"),
)
_ACTOR = Column("structure_id", "Identifiant de l’acteur, dans le jeu « structures »")


def columns(fields: Iterable[Field]) -> list[Column]:
    return [Column(field.name, field.words) for field in fields]


STRUCTURE_COLUMNS = [*_ID, *columns(STRUCTURE)]
SERVICE_COLUMNS = [*_ID, _ACTOR, *columns(SERVICE)]


def structure_row(actor: ActorPage) -> dict[str, Any]:
    """It reads the `networks` of the actor."""
    row = {**identity(actor), **said(STRUCTURE, actor)}
    if len(actor.description) < LEAST_DESCRIPTION:
        row["description"] = ""
    return without_empty(row)


def service_row(service: ServicePage) -> dict[str, Any]:
    """It reads the `themes`, `publics`, places and actor of the service. Where to go and whom to
    ask are the actor's when the service does not say; v1 holds one place, the first of several."""
    contact = {
        field.name: written(field, service) or written(field, service.actor) for field in CONTACT
    }
    fees, fees_details = fees_to_v1(service.fees, service.fees_details)
    return without_empty(
        {
            **identity(service),
            "structure_id": identifier(service.actor),
            **said(SERVICE, service),
            "frais": fees,
            "frais_precisions": fees_details,
            **said(PLACE, service.place),
            **contact,
        }
    )


def identifier(record: ActorPage | ServicePage) -> str:
    return record.external_id or f"{SOURCE}--{record.translation_key}"


def identity(record: ActorPage | ServicePage) -> dict[str, Any]:
    return {"id": identifier(record), "source": record.source or SOURCE}


def said(fields: Iterable[Field], record: Any) -> dict[str, Any]:
    return {field.name: written(field, record) for field in fields}


def written(field: Field, record: Any) -> Any:
    value = getattr(record, field.ours)
    if field.shape is Shape.TERMS:
        return [term.code for term in value.all()]
    if field.shape is Shape.PHONE:
        return e164(value)
    if field.shape is Shape.DAY:
        return value.isoformat()
    if field.shape is Shape.DECIMAL:
        return None if value is None else float(value)
    if field.shape is Shape.WEB:
        return uri(value or (record.full_url if field.name == "lien_source" else ""))
    return value


def uri(address: str) -> str:
    """`https://café.example/été` as the format « uri » of JSON Schema has it; twice is once."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else punycode(parts.netloc)
    return iri_to_uri(urlunsplit(parts._replace(netloc=host)))


def e164(number: str) -> str:
    """`05 36 49 12 00` → `+33536491200`; a short or foreign number stays as it was written."""
    return phone_link(number).removeprefix("tel:") or number


def without_empty(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}
