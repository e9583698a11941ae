"""The grid that a territory adopted, and what it adds to it, travel with it; shared grids stay.

A version that is unknown where the archive is read is left out: a territory is never given a grid
that the national team did not publish there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from labelling.models import CriteriaGrid, Criterion, CriterionKind, GridAdoption
from territories.plugins.contributions import Part

from .adding import grid_of_additions
from .words import CRITERION_WORDS, OTHER_LANGUAGES

if TYPE_CHECKING:
    from territories.models import Territory


def export_adoptions(territory: Territory) -> Iterator[Mapping[str, Any]]:
    """Who adopted it stays behind: accounts belong to an installation, not to an archive."""
    found = GridAdoption.objects.filter(territory=territory).select_related("grid")
    for one in found.order_by("adopted_at", "pk"):
        yield {"grid": one.grid.version, "adopted_at": one.adopted_at.isoformat()}


@transaction.atomic
def restore_adoptions(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """They replace what setting the territory up has just adopted, if any of them is known here."""
    known = {grid.version: grid for grid in CriteriaGrid.objects.exclude(published_on=None)}
    found = [row for row in rows if row["grid"] in known]
    if not found:
        return
    GridAdoption.objects.filter(territory=territory).delete()
    GridAdoption.objects.bulk_create(
        GridAdoption(
            territory=territory,
            grid=known[row["grid"]],
            adopted_at=datetime.fromisoformat(row["adopted_at"]),
        )
        for row in found
    )


def erase_adoptions(territory: Territory) -> int:
    found = GridAdoption.objects.filter(territory=territory)
    number = found.count()
    found.delete()
    return number


def export_additions(territory: Territory) -> Iterator[Mapping[str, Any]]:
    found = Criterion.objects.filter(grid__territory=territory)
    for one in found.select_related("grid__completes").order_by("grid_id", "number"):
        yield {
            "completes": one.grid.completes.version,
            "number": one.number,
            "translations": one.translations,
            **{name: getattr(one, name) for name in CRITERION_WORDS},
        }


@transaction.atomic
def restore_additions(territory: Territory, rows: Iterable[Mapping[str, Any]]) -> None:
    """Whatever a row says of its kind, an addition is optional. One that is here is left as it is,
    and a row that no form would have let through is left out."""
    for row in rows:
        completed = CriteriaGrid.objects.filter(version=row["completes"]).first()
        if completed is None:
            continue
        own = grid_of_additions(territory, completed)
        if own.criteria.filter(number=row["number"]).exists():
            continue
        criterion = Criterion(
            grid=own,
            kind=CriterionKind.OPTIONAL,
            number=row["number"],
            translations=known_words(row.get("translations", {})),
            **{name: row[name] for name in CRITERION_WORDS},
        )
        try:
            criterion.full_clean()
        except ValidationError:
            continue
        criterion.save()


def known_words(translations: Any) -> dict[str, dict[str, str]]:
    if not isinstance(translations, dict):
        return {}
    return {
        code: {name: str(translations[code].get(name, "")) for name in CRITERION_WORDS}
        for code in OTHER_LANGUAGES
        if isinstance(translations.get(code), dict)
    }


@transaction.atomic
def erase_additions(territory: Territory) -> int:
    """After the labels and applications that rest on them: see the order in `labelling.archive`."""
    found = Criterion.objects.filter(grid__territory=territory)
    number = found.count()
    found.delete()
    CriteriaGrid.with_additions.filter(territory=territory).delete()
    return number


PARTS = [
    Part("grid_adoptions", export_adoptions, restore_adoptions, erase_adoptions),
    Part("grid_additions", export_additions, restore_additions, erase_additions),
]
