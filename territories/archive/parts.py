"""What belongs to a territory beside its pages, as the plugins contribute it (`archive.PARTS`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from territories.plugins.registry import contributions

if TYPE_CHECKING:
    from territories.models import Territory


class UnknownPart(ValueError):
    """An archive names a part that no installed plugin contributes."""


def export_parts(territory: Territory) -> dict[str, list[Mapping[str, Any]]]:
    """Every part, switched off or not, as `{"plugin.part": [rows]}`."""
    return {
        f"{plugin}.{part.name}": list(part.export(territory))
        for plugin, part in contributions("PARTS")
    }


@transaction.atomic
def restore_parts(territory: Territory, archive: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Read back what `export_parts` gave; safe to run twice. Raises UnknownPart."""
    parts = {f"{plugin}.{part.name}": part for plugin, part in contributions("PARTS")}
    if unknown := archive.keys() - parts.keys():
        raise UnknownPart(f"Parties inconnues : {', '.join(sorted(unknown))}.")
    for name, rows in archive.items():
        parts[name].restore(territory, rows)


@transaction.atomic
def erase_parts(territory: Territory) -> dict[str, int]:
    """Delete every part for good; returns how many rows each had."""
    return {
        f"{plugin}.{part.name}": part.erase(territory) for plugin, part in contributions("PARTS")
    }
