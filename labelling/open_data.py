from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models import EventPage
from territories.models import Territory
from territories.plugins.contributions import Dataset

from .models import Label

CHUNK = 200


def rows(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    """Every label of a published event, those that are over or withdrawn included."""
    labels = (
        Label.objects.in_territory(territory)
        .filter(
            territory__in=Territory.objects.with_plugin("labelling"),
            page__in=EventPage.objects.findable().order_by().values("pk"),
        )
        .select_related("grid", "territory", "page__locale")
        .prefetch_related("checks__criterion")
        .order_by("number")
    )
    for label in labels.iterator(chunk_size=CHUNK):
        yield row(label)


def row(label: Label) -> Mapping[str, Any]:
    criteria = sorted(
        (check.criterion for check in label.checks.all()),
        key=lambda criterion: (criterion.kind, criterion.number),
    )
    return {
        "numero": label.number,
        "territoire": label.territory.slug,
        "objet": label.page.title,
        "url": label.page.get_full_url(),
        "delivre_le": label.granted_on,
        "expire_le": label.expires_on,
        "grille": label.grid.version,
        "criteres": [
            {"sorte": one.get_kind_display(), "numero": one.number, "nom": one.name}
            for one in criteria
        ],
        "statut": status(label),
    }


def status(label: Label) -> str:
    if label.withdrawn_on is not None:
        return "retiré"
    if label.expires_on is not None and label.expires_on < timezone.localdate():
        return "expiré"
    return "valable"


DATASETS = [
    Dataset(
        "labels",
        _("Labels"),
        _("Les labels donnés aux rendez-vous, les critères cochés et leur durée."),
        rows,
    )
]
