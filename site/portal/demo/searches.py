"""What residents say there, and what they searched for without finding it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.search.insight.readable import folded_words
from portal.search.models import SearchTally, Synonym, UnmetSearch

from .reading import monday_of

if TYPE_CHECKING:
    from .territory import TerritoryLoader

COUNTS = ("without_result", "without_click", "opened")


def load_searches(loader: TerritoryLoader) -> None:
    territory, facts = loader.territory, loader.content.search
    for fact in facts["synonym"]:
        Synonym.objects.update_or_create(
            territory=territory, said=fact["said"], defaults={"means": "", **fact}
        )
    for fact in facts["unmet"]:
        counts = {name: fact[name] for name in COUNTS if name in fact}
        week = monday_of(loader.today) + timedelta(weeks=fact["week"])
        dealt_with_in = week if fact.get("dealt_with") else None
        UnmetSearch.objects.update_or_create(
            territory=territory,
            language=fact.get("language", "fr"),
            folded=folded_words(fact["text"]),
            defaults={
                **counts,
                "text": fact["text"],
                "last_week": week,
                "dealt_with_in": dealt_with_in,
            },
        )
    SearchTally.objects.update_or_create(
        territory=territory,
        language="fr",
        month=loader.today.replace(day=1),
        digest="",
        defaults={"without_result": facts["unreadable"]},
    )
