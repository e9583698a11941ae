"""The register as open data: `/open-data/labels.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.models import Label, Status
from territories.models import Territory
from territories.plugins.contributions import Column, Dataset, Extent

from .public import public_url, told

CHUNK = 200
STATUSES = {
    Status.TO_COME: "à venir",
    Status.ACTIVE: "valable",
    Status.EXPIRED: "expiré",
    Status.WITHDRAWN: "retiré",
    Status.CALLED_OFF: "annulé",
}
KINDS = {"event": "rendez-vous", "action": "action", "place": "lieu"}

COLUMNS = [
    Column("numero", "Numéro du label, comme sur son attestation"),
    Column("territoire", "Nom court du territoire"),
    Column("objet", "Titre de ce qui porte le label"),
    Column("objet_type", "rendez-vous, action ou lieu"),
    Column("url", "La page publique de ce qui porte le label"),
    Column("verification", "La page où chacun vérifie le label"),
    Column("delivre_le", "Jour où le label a été donné"),
    Column("commence_le", "Premier jour où il vaut"),
    Column("expire_le", "Dernier jour où il vaut"),
    Column("retire_le", "Jour où il a été retiré ; vide quand il ne l’a pas été"),
    Column("renouvelle", "Numéro du label dont il prend la suite"),
    Column("renouvele_par", "Numéro du label qui prend sa suite"),
    Column("demande_le", "Jour où il a été demandé, quand une demande a été gardée"),
    Column("avis", "Nombre d’avis du comité, sans ceux de personnes liées à la demande"),
    Column("grille", "Version de la grille des critères"),
    Column("criteres", "Critères cochés : sorte, numéro et nom de chacun"),
    Column("statut", "à venir, valable, expiré, retiré, ou annulé avec son rendez-vous"),
]


def extent(territory: Territory | None) -> Extent:
    """A label changes when it is given, when it is withdrawn, and with the page that bears it."""
    found = told(territory).order_by()
    facts = found.aggregate(
        n=Count("pk"),
        given=Max("granted_on"),
        taken=Max("withdrawn_on"),
        told=Max("page__last_published_at"),
    )
    days = [day for day in (facts["given"], facts["taken"]) if day]
    moments = [timezone.make_aware(datetime.combine(day, time())) for day in days]
    return Extent(facts["n"], max((*moments, facts["told"])) if facts["told"] else None)


def rows(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    labels = (
        told(territory)
        .select_related("grid", "territory__site", "page__locale", "renews", "application")
        .annotate(opinions=opinions_counted())
        .with_call_offs()
        .prefetch_related(
            "checks__criterion",
            Prefetch("renewed_by", Label.objects.order_by("-pk").only("number", "renews")),
        )
        .order_by("number")
    )
    today = timezone.localdate()
    for label in labels.iterator(chunk_size=CHUNK):
        yield row(label, STATUSES[label.status_on(today)])


def row(label: Label, status: str) -> Mapping[str, Any]:
    criteria = sorted(
        (check.criterion for check in label.checks.all()),
        key=lambda criterion: (criterion.kind, criterion.grid_id, criterion.number),
    )
    sent = label.application.submitted_at if label.application else None
    return {
        "numero": label.number,
        "territoire": label.territory.slug,
        "objet": label.page.title,
        "objet_type": KINDS[label.subject],
        "url": label.page.get_full_url(),
        "verification": public_url(label),
        "delivre_le": label.granted_on,
        "commence_le": label.starts_on,
        "expire_le": label.expires_on,
        "retire_le": label.withdrawn_on,
        "renouvelle": label.renews.number if label.renews else None,
        "renouvele_par": next((after.number for after in label.renewed_by.all()), None),
        "demande_le": timezone.localdate(sent) if sent else None,
        "avis": label.opinions if label.application else None,
        "grille": label.grid.version,
        "criteres": [
            {"sorte": one.get_kind_display(), "numero": one.number, "nom": one.name}
            for one in criteria
        ],
        "statut": status,
    }


def opinions_counted() -> Count:
    counted = Q(application__opinions__has_conflict=False)
    return Count("application__opinions", filter=counted, distinct=True)


LABELS = Dataset(
    "labels",
    _("Labels"),
    _("Les labels donnés aux rendez-vous, aux actions et aux lieux : critères cochés et durée."),
    rows,
    columns=COLUMNS,
    extent=extent,
)
