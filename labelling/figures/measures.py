"""What is counted, and how counts are added up: what nobody knows is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from labelling.models.reports import INDICATORS

RETAINED = ("hired", "trained", "interned")
# Of the reports that know both: those who live in a priority neighbourhood, and all who came.
LIVING, ASKED = "living", "asked"
SHORT = ("reached", LIVING, ASKED, "retained")
ALL = (*INDICATORS, LIVING, ASKED, "retained")
# Of a criterion alone, reports and no people: those that say it was held, of those that say it.
HELD = "held"


class Hidden(Enum):
    """What a public page says in the place of a number: see `masking.py`."""

    FEW = "few"
    KEPT = "kept"


Number = int | Hidden | None


def aggregates(names: Iterable[str] = ALL) -> dict[str, Sum | Count]:
    """Two for each measure: the sum of what is known, and how many reports know it."""
    found: dict[str, Sum | Count] = {"reports": Count("pk")}
    for name in names:
        found[f"{name}_sum"], found[f"{name}_known"] = PAIRS.get(name) or (Sum(name), Count(name))
    return found


_BOTH = Q(reached__isnull=False, in_qpv__isnull=False)
PAIRS = {
    LIVING: (Sum("in_qpv", filter=_BOTH), Count("pk", filter=_BOTH)),
    ASKED: (Sum("reached", filter=_BOTH), Count("pk", filter=_BOTH)),
    "retained": (
        Sum(sum((Coalesce(name, 0) for name in RETAINED[1:]), Coalesce(RETAINED[0], 0))),
        # A report that knows one of the three says at least so many.
        Count(Coalesce(*RETAINED)),
    ),
}


@dataclass
class Counts:
    """Of some reports: `sums` of what is known, and by how many reports each is `known`."""

    reports: int = 0
    sums: dict[str, Number] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Mapping[str, int | None], names: Iterable[str] = ALL) -> Counts:
        """From a row of `aggregates`."""
        found = cls(row["reports"] or 0)
        for name in names:
            known = row[f"{name}_known"] or 0
            found.known[name] = known
            found.sums[name] = row[f"{name}_sum"] if known else None
        return found

    def add(self, other: Counts) -> None:
        self.reports += other.reports
        for name, known in other.known.items():
            self.known[name] = self.known.get(name, 0) + known
            if known:
                self.sums[name] = size(self.sums.get(name)) + size(other.sums[name])
            else:
                self.sums.setdefault(name, None)

    def __getitem__(self, name: str) -> Number:
        return self.sums.get(name)

    def unknown(self, name: str) -> int:
        """How many of the reports do not know it."""
        return self.reports - self.known.get(name, 0)

    @property
    def share(self) -> Number:
        """Of a hundred people, how many live in a priority neighbourhood."""
        living, asked = self[LIVING], self[ASKED]
        if isinstance(living, Hidden) or isinstance(asked, Hidden):
            return Hidden.KEPT
        if living is None or not asked:
            return None
        return round(100 * living / asked)


def size(number: Number) -> int:
    """To put the largest first, and to draw."""
    return number if isinstance(number, int) else 0


def added(found: Iterable[Counts]) -> Counts:
    total = Counts()
    for one in found:
        total.add(one)
    return total


WORDS = {
    "actions": _("Actions menées"),
    "reached": _("Personnes venues"),
    "women": _("Femmes"),
    "men": _("Hommes"),
    "young": _("Moins de 25 ans"),
    "seniors": _("50 ans et plus"),
    "in_qpv": _("Habitants d’un quartier prioritaire"),
    "interviewed": _("Reçues en second entretien"),
    "hired": _("Retenues pour un emploi"),
    "trained": _("Retenues pour une formation"),
    "interned": _("Retenues pour un stage ou une immersion"),
    "directed": _("Orientées vers un conseiller emploi"),
    "retained": _("Retenues pour un emploi, une formation ou un stage"),
}
