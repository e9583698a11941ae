"""By which grid a territory judges, and what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from labelling.models import CriteriaGrid, Criterion, CriterionKind, GridAdoption

if TYPE_CHECKING:
    from territories.models import Territory


def grid_of(territory: Territory | None) -> CriteriaGrid | None:
    """The shared grid that it adopted last; the latest published one until it has adopted any.

    None, the national portal, shows the latest.
    """
    adoption = GridAdoption.objects.filter(territory=territory).select_related("grid").first()
    return adoption.grid if adoption else CriteriaGrid.objects.current()


def criteria_for(territory: Territory | None, grid: CriteriaGrid) -> list[Criterion]:
    """Those of a shared grid, mandatory first, then what the territory adds to it; one query.

    What it adds is optional, or is not there: only the shared grid demands.
    """
    own = Q(grid__territory=territory, grid__completes=grid, kind=CriterionKind.OPTIONAL)
    found = Criterion.objects.filter(Q(grid=grid) | own).select_related("grid")
    return sorted(found, key=lambda one: (one.kind, one.grid.completes_id or 0, one.number))
