"""The chosen answers travel with their territory; those of a page that is not there lose it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Page

from portal.search.models import Promotion
from portal.search.models.promotion import PAGES
from territories.archive.naming import pages_of
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE

WORDS = ("questions", "url", "title", "sentence")
DAYS = ("first_day", "last_day")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    for one in Promotion.objects.filter(territory=territory).select_related(*PAGES).order_by("pk"):
        pages = [page for name in PAGES if (page := getattr(one, name))]
        yield {
            "identity": str(one.identity),
            "pages": [str(page.translation_key) for page in pages],
            **{name: day and day.isoformat() for name in DAYS for day in [getattr(one, name)]},
            **{name: getattr(one, name) for name in WORDS},
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out what has nothing to show any more."""
    for row in rows:
        found = [page for key in row["pages"] if (page := page_of(territory, key))]
        if not found and not row["url"]:
            continue
        pages = dict(zip(PAGES, [*found, None, None, None], strict=False))
        days = {name: row[name] and date.fromisoformat(row[name]) for name in DAYS}
        Promotion.objects.update_or_create(
            territory=territory,
            identity=row["identity"],
            defaults={**pages, **days, **{name: row[name] for name in WORDS}},
        )


def page_of(territory: Territory, key: str) -> Page | None:
    found = pages_of(territory).filter(translation_key=key)
    return found.filter(locale__language_code=SOURCE_LANGUAGE).first()


def erase(territory: Territory) -> int:
    found = Promotion.objects.filter(territory=territory)
    number = found.count()
    found.delete()
    return number
