"""Reports as a table: one row each, as they were received. Empty is not known; 0 is zero.

The import reads the same columns back: see `importing/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from labelling.models import INDICATORS, Moment, Report
from labelling.models.reports import WORDS
from territories.plugins.contributions import Column
from territories.territory import zone_of

from .held import names_held, names_of

# The words of the file, which the import reads: they never change with the language.
MOMENTS = {Moment.JUST_AFTER: "juste après", Moment.LATER: "un mois après"}
YES = "oui"
FIGURES = {
    "actions": "actions",
    "reached": "personnes_venues",
    "women": "femmes",
    "men": "hommes",
    "young": "moins_de_25_ans",
    "seniors": "50_ans_et_plus",
    "in_qpv": "habitants_qpv",
    "interviewed": "second_entretien",
    "hired": "emploi",
    "trained": "formation",
    "interned": "stage",
    "directed": "orientees",
}
TEXTS = {"worked": "a_bien_marche", "difficult": "difficile", "advice": "conseils"}
NUMBER, MOMENT, DAY, CONFIRMED = "numero", "moment", "jour", "confirme"
# Names of criteria have commas of their own.
CRITERIA, BETWEEN, NO_CRITERION = "criteres_tenus", " | ", "aucun"

# What else names a column of a file, as `name_of` writes it, beside what the site says of each.
ALSO = {
    "number": NUMBER,
    "label_number": NUMBER,
    "numero_du_label": NUMBER,
    "a_quel_moment": MOMENT,
    "when": MOMENT,
    "day": DAY,
    "confirmed": CONFIRMED,
    **FIGURES,
    **TEXTS,
    "criteria_held": CRITERIA,
}

# What one fills in to have it imported.
TO_IMPORT = [
    Column(NUMBER, "Numéro du label"),
    Column(MOMENT, "« juste après » ou « un mois après »"),
    Column(DAY, "Jour de la séance comptée, comme 2026-03-31 ; vide pour le tout"),
    Column("actions", "Nombre d’actions menées"),
    Column("personnes_venues", "Nombre de personnes venues"),
    Column("femmes", "dont femmes"),
    Column("hommes", "dont hommes"),
    Column("moins_de_25_ans", "dont moins de 25 ans"),
    Column("50_ans_et_plus", "dont 50 ans et plus"),
    Column("habitants_qpv", "dont habitants d’un quartier prioritaire"),
    Column("second_entretien", "reçues en second entretien"),
    Column("emploi", "retenues pour un emploi ; seulement un mois après"),
    Column("formation", "retenues pour une formation"),
    Column("stage", "retenues pour un stage ou une immersion"),
    Column("orientees", "orientées vers un conseiller emploi"),
    Column("a_bien_marche", "Ce qui a bien marché"),
    Column("difficile", "Ce qui a été difficile"),
    Column("conseils", "Conseils à d’autres"),
    Column(
        CRITERIA,
        "Noms des critères tenus, entre deux barres ; « aucun » quand rien ne l’a été ; vide quand "
        "personne ne le sait",
    ),
    Column(CONFIRMED, "« oui » quand un chiffre étonnant est juste"),
]
COLUMNS = [
    *TO_IMPORT,
    Column("territoire", "Nom court du territoire"),
    Column("titre", "Ce qui avait le label"),
    Column("attendu_le", "Jour où le bilan était attendu"),
    Column("recu_le", "Jour où il est arrivé ; vide quand il manque encore"),
    Column("compte", "« oui » quand ce bilan est dans les totaux"),
]


def rows(reports: QuerySet[Report]) -> Iterator[Mapping[str, Any]]:
    """By the names of COLUMNS; None for what is not known."""
    found = reports.select_related("label__page", "territory__site").order_by(
        "label__number", "moment", "happened_on", "pk"
    )
    for report in found.prefetch_related("label__criteria").iterator(chunk_size=200):
        yield row(report)


def row(report: Report) -> Mapping[str, Any]:
    criteria = report.label.criteria.all()
    received = report.received_at and report.received_at.astimezone(zone_of(report.territory))
    return {
        NUMBER: report.label.number,
        MOMENT: MOMENTS[Moment(report.moment)],
        DAY: report.happened_on,
        **{FIGURES[name]: getattr(report, name) for name in INDICATORS},
        **{TEXTS[name]: getattr(report, name) for name in WORDS},
        CRITERIA: criteria_words(names_held(report.criteria_held, names_of(criteria))),
        CONFIRMED: YES if report.confirmed else "",
        "territoire": report.territory.slug,
        "titre": report.label.page.title,
        "attendu_le": report.due_on,
        "recu_le": received and received.date(),
        "compte": YES if report.stands else "",
    }


def criteria_words(names: list[str] | None) -> str | None:
    return None if names is None else BETWEEN.join(names) or NO_CRITERION


def cells(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """For a file: what is not known is an empty cell, and a figure stays one."""
    names = [column.name for column in COLUMNS]
    for one in rows:
        yield ["" if one[name] is None else one[name] for name in names]
