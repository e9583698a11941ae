"""The words that a territory of the demo adds to the glossary, or says in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from territories.models import GlossaryEntry, Territory


def load_words(territory: Territory, facts: Iterable[Mapping[str, Any]]) -> None:
    for fact in facts:
        GlossaryEntry.objects.update_or_create(
            territory=territory, code=slugify(fact["term"]), defaults=dict(fact)
        )
