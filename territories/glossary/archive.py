"""A territory's own words travel with it; the national ones are everywhere already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from territories.territory import Territory

from .models import GlossaryEntry
from .words import forget

VALUES = (
    "term", "expansion", "spellings", "definition", "say_instead", "translations", "is_retired",
)  # fmt: skip


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    yield from GlossaryEntry.objects.filter(territory=territory).values("code", *VALUES)


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        GlossaryEntry.objects.update_or_create(
            territory=territory, code=row["code"], defaults={name: row[name] for name in VALUES}
        )


def erase(territory: Territory) -> int:
    found = GlossaryEntry.objects.filter(territory=territory)
    number = found.count()
    found.delete()
    forget(territory.pk)
    return number
