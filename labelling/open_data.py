from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models import EventPage
from territories.models import Territory
from territories.plugins.contributions import Column, Dataset, Extent

from .models import Label

CHUNK = 200

COLUMNS = [
    Column("numero", "Numéro du label, comme sur son attestation"),
    Column("territoire", "Nom court du territoire"),
    Column("objet", "Titre du rendez-vous"),
    Column("url", "Sa page publique"),
    Column("delivre_le", "Jour où le label a été donné"),
    Column("expire_le", "Dernier jour où il vaut ; vide quand il n’a pas de fin"),
    Column("grille", "Version de la grille des critères"),
    Column("criteres", "Critères cochés : sorte, numéro et nom de chacun"),
    Column("statut", "valable, expiré ou retiré"),
]


def told(territory: Territory | None) -> QuerySet[Label]:
    """Every label of a published event, those that are over or withdrawn included."""
    return Label.objects.in_territory(territory).filter(
        territory__in=Territory.objects.with_plugin("labelling"),
        page__in=EventPage.objects.findable().order_by().values("pk"),
    )


def extent(territory: Territory | None) -> Extent:
    """A label changes when it is given, and when it is withdrawn."""
    found = told(territory).order_by()
    facts = found.aggregate(n=Count("pk"), given=Max("granted_on"), taken=Max("withdrawn_on"))
    days = [day for day in (facts["given"], facts["taken"]) if day]
    last = timezone.make_aware(datetime.combine(max(days), time())) if days else None
    return Extent(facts["n"], last)


def rows(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    labels = (
        told(territory)
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
        columns=COLUMNS,
        extent=extent,
    )
]
