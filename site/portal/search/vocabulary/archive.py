"""A territory's own synonyms travel with it; the national ones are everywhere already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.search.models import Synonym
from territories.territory import Territory

VALUES = ("said", "link", "means")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    yield from Synonym.objects.filter(territory=territory).order_by("pk").values(*VALUES)


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        Synonym.objects.get_or_create(territory=territory, **{name: row[name] for name in VALUES})


def erase(territory: Territory) -> int:
    number, _each = Synonym.objects.filter(territory=territory).delete()
    return number
