"""« label-figures »: what the label gave, each year in each territory, masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import CharField, Count, Max, Value
from django.db.models.functions import Cast, Concat, Substr
from django.utils.translation import gettext_lazy as _

from labelling.models import Label, Report
from labelling.models.reports import INDICATORS
from labelling.reports import table as reports
from territories.models import Territory
from territories.plugins.contributions import Column, Dataset, Extent

from .masking import masked
from .measures import WORDS, Counts, Number, aggregates
from .selection import DAY
from .tables import words

YEAR = Substr(Cast(DAY, CharField()), 1, 4)
# As in the table of the reports.
NAMES = {**reports.FIGURES, "retained": "retenues"}
MASKED = "arrondi à 5 près, « moins de 5 » ; vide quand personne ne le sait"
COLUMNS = [
    Column("territoire", "Nom court du territoire"),
    Column("annee", "Année où les rendez-vous ont eu lieu, ou où l’action a pris fin"),
    Column("labels", "Labels donnés cette année-là"),
    Column("bilans", "Bilans sur lesquels ces nombres reposent"),
    Column("part_qpv", "Part sur cent des personnes venues qui habitent un quartier prioritaire"),
    *(
        column
        for name in (*INDICATORS, "retained")
        for column in (
            Column(NAMES[name], f"{WORDS[name]} : {MASKED}"),
            Column(f"{NAMES[name]}_bilans", f"{WORDS[name]} : bilans qui le savent"),
        )
    ),
]


def counted(territory: Territory | None) -> Any:
    found = Report.objects.standing().filter(
        territory__in=Territory.objects.with_plugin("labelling")
    )
    return found.filter(territory=territory) if territory else found


def rows(territory: Territory | None) -> Iterator[Mapping[str, Any]]:
    """Two queries. A year in which nothing was counted has no row."""
    given: dict[tuple[str, str], int] = defaultdict(int)
    labels = Label.objects.in_territory(territory).order_by()
    for slug, year, number in labels.values_list("territory__slug", "granted_on__year").annotate(
        number=Count("pk")
    ):
        given[slug, str(year)] = number
    found = counted(territory).order_by().values("territory__slug", year=YEAR)
    for one in found.annotate(**aggregates()).order_by("territory__slug", "year"):
        slug, year = one["territory__slug"], one["year"]
        yield row(slug, year, given[slug, year], masked(Counts.of(one)))


def row(slug: str, year: str, labels: int, counts: Counts) -> Mapping[str, Any]:
    said = {"territoire": slug, "annee": int(year), "labels": labels, "bilans": counts.reports}
    said["part_qpv"] = cell(counts.share)
    for name in (*INDICATORS, "retained"):
        said[NAMES[name]] = cell(counts[name])
        said[f"{NAMES[name]}_bilans"] = counts.known.get(name, 0)
    return said


def cell(number: Number) -> int | str | None:
    return number if number is None or isinstance(number, int) else words(number)


def extent(territory: Territory | None) -> Extent:
    # A row is a year of a territory.
    row = Concat("territory__slug", Value("/"), YEAR, output_field=CharField())
    found = counted(territory).order_by()
    facts = found.aggregate(n=Count(row, distinct=True), last=Max("received_at"))
    return Extent(facts["n"], facts["last"])


FIGURES = Dataset(
    "label-figures",
    _("Chiffres du label"),
    _("Ce que le label a donné, chaque année et dans chaque territoire. Petits nombres masqués."),
    rows,
    columns=COLUMNS,
    extent=extent,
)
