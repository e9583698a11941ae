"""Labels travel with their territory, each with the criteria that it was given for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Page

from labelling.grids.adopting import criteria_for
from labelling.models import Application, CriteriaGrid, Criterion, Label, LabelCheck
from territories.models import Territory
from territories.plugins.contributions import Part
from territories.plugins.marks import marks_changed

from .bearers import BEARERS

DATES = ("granted_on", "starts_on", "expires_on", "withdrawn_on")
WORDS = ("subject", "reasons", "withdrawal_reasons")


def export(territory: Territory) -> Iterator[Mapping[str, Any]]:
    """Who granted it stays behind: accounts belong to an installation, not to an archive."""
    labels = Label.objects.filter(territory=territory).select_related(
        "grid", "page", "application", "renews"
    )
    for label in labels.prefetch_related("checks__criterion", "renewals").order_by("pk"):
        yield {
            "number": label.number,
            "page": str(label.page.translation_key),
            "grid": label.grid.version,
            "criteria": [key_of(check.criterion, label.grid) for check in label.checks.all()],
            "application": label.application and label.application.reference,
            "renews": label.renews and label.renews.number,
            "asked_again": [asked.reference for asked in label.renewals.all()],
            **{name: day and day.isoformat() for name in DATES for day in [getattr(label, name)]},
            **{name: getattr(label, name) for name in WORDS},
        }


def key_of(criterion: Criterion, grid: CriteriaGrid) -> list[Any]:
    """What names a criterion beside its grid: those that the territory added say so."""
    return [criterion.kind, criterion.number, *(["own"] if criterion.grid_id != grid.pk else [])]


@transaction.atomic
def restore(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Leaves out the labels of pages that are not there, and those whose number is."""
    restored = []
    for row in rows:
        page = bearer(territory, row["page"])
        grid = CriteriaGrid.objects.filter(version=row["grid"]).first()
        if page is None or grid is None or Label.objects.filter(number=row["number"]).exists():
            continue
        applications = Application.objects.filter(territory=territory)
        label = Label.objects.create(
            number=row["number"],
            territory=territory,
            page=page,
            grid=grid,
            application=applications.filter(reference=row["application"], label=None).first(),
            # The former one has a lower key, and comes first.
            renews=Label.objects.filter(territory=territory, number=row["renews"]).first(),
            **{name: row[name] and date.fromisoformat(row[name]) for name in DATES},
            **{name: row[name] for name in WORDS},
        )
        applications.filter(reference__in=row["asked_again"]).update(renews=label)
        known = {tuple(key_of(one, grid)): one for one in criteria_for(territory, grid)}
        LabelCheck.objects.bulk_create(
            LabelCheck(label=label, criterion=known[tuple(key)])
            for key in row["criteria"]
            if tuple(key) in known
        )
        restored.append(page.pk)
    marks_changed.send(Label, pages=restored)


def bearer(territory: Territory, key: str) -> Page | None:
    for model in BEARERS:
        found = model.objects.records().filter(territory=territory, translation_key=key).first()
        if found is not None:
            return found
    return None


def erase(territory: Territory) -> int:
    labels = Label.objects.filter(territory=territory)
    pages, number = list(labels.values_list("page", flat=True)), labels.count()
    labels.delete()
    marks_changed.send(Label, pages=pages)
    return number


LABELS = Part("labels", export, restore, erase)
