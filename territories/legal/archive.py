"""Legal facts travel with their territory; who directs and who answers stays, as all names do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from territories.models import LegalFacts

if TYPE_CHECKING:
    from territories.models import Territory

PERSONAL = ("director", "data_contact", "data_email", "accessibility_contact",
            "accessibility_email")  # fmt: skip
LEFT = {"id", "territory"}
FIELDS = [field for field in LegalFacts._meta.fields if field.name not in LEFT]


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    for facts in LegalFacts.objects.filter(territory=territory):
        yield {field.name: as_json(getattr(facts, field.name)) for field in FIELDS}


def as_json(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else str(value)


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """A name that the archive does not hold leaves the one that is there."""
    for row in rows:
        values = {
            field.name: field.to_python(row[field.name])
            for field in FIELDS
            if field.name in row and not (field.name in PERSONAL and not row[field.name])
        }
        LegalFacts.objects.update_or_create(territory=territory, defaults=values)


def erase(territory: Territory) -> int:
    return LegalFacts.objects.filter(territory=territory).delete()[0]
