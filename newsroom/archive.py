"""Who agreed to what stays where it was signed: elsewhere, a story is a draft until its territory
has written the consent down again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from territories.models import Territory
from territories.plugins.contributions import Part

from .models import Consent


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = Consent.objects.filter(story__territory=territory).select_related("story")
    for consent in found.order_by("pk"):
        yield {"story": str(consent.story.translation_key)}


def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Nothing: no archive holds a consent."""


def erase(territory: Territory) -> int:
    """With the scanned files: see signals.py."""
    found = Consent.objects.filter(story__territory=territory)
    number = found.count()
    found.delete()
    return number


PARTS = [Part("consents", export, restore, erase, stays=True)]
