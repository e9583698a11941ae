"""The answers that a territory of the demo has chosen for some words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.search.models import Promotion
from portal.search.models.promotion import PAGES
from territories.archive.naming import pages_of
from territories.pages.base import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from .territory import TerritoryLoader


def load_promotions(loader: TerritoryLoader) -> None:
    own = pages_of(loader.territory).filter(locale__language_code=SOURCE_LANGUAGE)
    for fact in loader.content.search["promotion"]:
        pages = [own.get(slug=slug) for slug in fact.get("pages", ())]
        days = fact.get("for_days")
        Promotion.objects.update_or_create(
            territory=loader.territory,
            questions="\n".join(fact["questions"]),
            defaults={
                **dict(zip(PAGES, pages, strict=False)),
                **{name: fact.get(name, "") for name in ("url", "title", "sentence")},
                "last_day": loader.today + timedelta(days=days) if days else None,
            },
        )
