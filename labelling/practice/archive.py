"""Sheets travel as pages; beside them, what a territory took up from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from agenda.models import EventPage
from labelling.models import PracticeReuse, PracticeSheetPage
from territories.models import Territory
from territories.plugins.contributions import Part


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    """Who did it stays behind: accounts belong to an installation."""
    found = PracticeReuse.objects.filter(territory=territory, page__isnull=False)
    for reuse in found.select_related("sheet", "page").order_by("pk"):
        yield {
            "page": str(reuse.page.translation_key),
            "sheet": reuse.sheet and str(reuse.sheet.translation_key),
            "sheet_title": reuse.sheet_title,
            "origin": reuse.origin,
            "at": reuse.at.isoformat(),
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """A sheet that is not here is named all the same; an event that is not is left out."""
    for row in rows:
        events = EventPage.objects.records().filter(territory=territory)
        event = events.filter(translation_key=row["page"]).first()
        if event is None:
            continue
        sheets = PracticeSheetPage.objects.records()
        PracticeReuse.objects.get_or_create(
            page=event,
            defaults={
                "territory": territory,
                "sheet": sheets.filter(translation_key=row["sheet"]).first()
                if row["sheet"]
                else None,
                "sheet_title": row["sheet_title"],
                "origin": row["origin"],
                "at": datetime.fromisoformat(row["at"]),
            },
        )


def erase(territory: Territory) -> int:
    found = PracticeReuse.objects.filter(territory=territory)
    number = found.count()
    found.delete()
    return number


REUSES = Part("reuses", export, restore, erase)
