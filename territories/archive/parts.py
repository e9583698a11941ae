"""What belongs to a territory beside its pages, as the plugins contribute it (`archive.PARTS`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from territories.plugins.contributions import Part
from territories.plugins.registry import contributions

if TYPE_CHECKING:
    from territories.models import Territory


class UnknownPart(ValueError):
    """An archive names a part that no installed plugin contributes."""


def export_parts(territory: Territory) -> dict[str, list[Mapping[str, Any]]]:
    """Every part, switched off or not, as `{"plugin.part": [rows]}`."""
    return {name: list(part.export(territory)) for name, part in known_parts().items()}


@transaction.atomic
def restore_parts(territory: Territory, archive: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Read back what `export_parts` gave; safe to run twice. Raises UnknownPart."""
    if unknown := archive.keys() - known_parts().keys():
        raise UnknownPart(f"Parties inconnues : {', '.join(sorted(unknown))}.")
    for name, rows in archive.items():
        restore_part(territory, name, rows)


@transaction.atomic
def restore_part(territory: Territory, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
    """As `restore_parts`, one of them; returns how many rows the territory has now."""
    part = known_parts()[name]
    part.restore(territory, rows)
    return sum(1 for _row in part.export(territory))


def known_parts() -> dict[str, Part]:
    return {f"{plugin}.{part.name}": part for plugin, part in contributions("PARTS")}


@transaction.atomic
def erase_parts(territory: Territory) -> dict[str, int]:
    """Delete every part for good; returns how many rows each had.

    The last first: what rests on an earlier part goes before it.
    """
    return {name: part.erase(territory) for name, part in reversed(known_parts().items())}
