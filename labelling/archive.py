"""Labels travel with their territory; the grid is shared, and stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from agenda.models import EventPage
from territories.models import Territory
from territories.plugins.contributions import Part
from territories.plugins.marks import marks_changed

from .models import CriteriaGrid, Label, LabelCheck
from .reports.archive import PARTS as REPORTS

DATES = ("granted_on", "expires_on", "withdrawn_on")
WORDS = ("reasons", "withdrawal_reasons")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    """Who granted it stays behind: accounts belong to an installation, not to an archive."""
    labels = Label.objects.filter(territory=territory).select_related("grid", "page")
    for label in labels.prefetch_related("checks__criterion").order_by("pk"):
        yield {
            "number": label.number,
            "page": str(label.page.translation_key),
            "grid": label.grid.version,
            "criteria": [
                [check.criterion.kind, check.criterion.number] for check in label.checks.all()
            ],
            **{name: day and day.isoformat() for name in DATES for day in [getattr(label, name)]},
            **{name: getattr(label, name) for name in WORDS},
        }


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out the labels of events that are not there, and those whose number is."""
    restored = []
    for row in rows:
        events = EventPage.objects.records().filter(territory=territory)
        event = events.filter(translation_key=row["page"]).first()
        grid = CriteriaGrid.objects.filter(version=row["grid"]).first()
        if event is None or grid is None or Label.objects.filter(number=row["number"]).exists():
            continue
        label = Label.objects.create(
            number=row["number"],
            territory=territory,
            page=event,
            grid=grid,
            **{name: row[name] and date.fromisoformat(row[name]) for name in DATES},
            **{name: row[name] for name in WORDS},
        )
        known = {(found.kind, found.number): found for found in grid.criteria.all()}
        LabelCheck.objects.bulk_create(
            LabelCheck(label=label, criterion=known[kind, number])
            for kind, number in row["criteria"]
            if (kind, number) in known
        )
        restored.append(event.pk)
    marks_changed.send(Label, pages=restored)


def erase(territory: Territory) -> int:
    labels = Label.objects.filter(territory=territory)
    pages, number = list(labels.values_list("page", flat=True)), labels.count()
    labels.delete()
    marks_changed.send(Label, pages=pages)
    return number


PARTS = [Part("labels", export, restore, erase), *REPORTS]
