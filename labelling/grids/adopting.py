"""By which grid a territory judges, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from labelling.models import CriteriaGrid, Criterion, CriterionKind, GridAdoption
from territories.audit.recording import record

from .adding import carry_over

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory


def grid_of(territory: Territory | None) -> CriteriaGrid | None:
    """The shared grid that it adopted last; the latest published one until it has adopted any.

    None, the national portal, shows the latest.
    """
    adoption = adoption_of(territory)
    return adoption.grid if adoption else CriteriaGrid.objects.current()


def adoption_of(territory: Territory | None) -> GridAdoption | None:
    if territory is None:
        return None
    return GridAdoption.objects.filter(territory=territory).select_related("grid").first()


def criteria_for(territory: Territory | None, grid: CriteriaGrid) -> list[Criterion]:
    """Those of a shared grid, mandatory first, then what the territory adds to it; one query.

    What it adds is optional, or is not there: only the shared grid demands.
    """
    own = Q(grid__territory=territory, grid__completes=grid, kind=CriterionKind.OPTIONAL)
    found = Criterion.objects.filter(Q(grid=grid) | own).select_related("grid")
    return sorted(found, key=lambda one: (one.kind, one.grid.completes_id or 0, one.number))


def grid_to_adopt(territory: Territory) -> CriteriaGrid | None:
    """The latest published version, when it is newer than the one in force."""
    latest, in_force = CriteriaGrid.objects.current(), grid_of(territory)
    return latest if latest and in_force and is_newer(latest, in_force) else None


def is_newer(grid: CriteriaGrid, other: CriteriaGrid) -> bool:
    today = timezone.localdate()
    if grid.published_on is None or grid.published_on > today:
        return False
    # One that was taken back to a draft is older than any that is published.
    return other.published_on is None or (
        (grid.published_on, grid.pk) > (other.published_on, other.pk)
    )


@transaction.atomic
def adopt_grid(
    *,
    territory: Territory,
    grid: CriteriaGrid,
    carries: Iterable[Criterion] = (),
    adopted_by: User | None = None,
) -> GridAdoption:
    """Judge by a newer version from now on. Raises ValidationError, in French.

    `carries`: of what the territory adds to the grid in force, what it adds to the new one as well.
    Labels that were given and applications that were begun keep their version.
    """
    # One at a time: two people must not both adopt.
    type(territory).objects.select_for_update().get(pk=territory.pk)
    before = grid_of(territory)
    is_first = before == grid and adoption_of(territory) is None
    if grid.territory_id is not None or before is None or not (is_first or is_newer(grid, before)):
        raise ValidationError(_("Cette version n’est pas plus récente que la vôtre."))
    made = GridAdoption.objects.create(territory=territory, grid=grid, adopted_by=adopted_by)
    if not is_first:
        carry_over(territory=territory, before=before, after=grid, criteria=carries)
    record(
        territory=territory,
        action="labelling.adopt",
        user=adopted_by,
        about=made,
        version=grid.version,
        before=before.version,
    )
    return made


def adopt_the_first_grid(territory: Territory) -> None:
    """For a territory that opens the label: the latest version, unless it has adopted one."""
    grid = CriteriaGrid.objects.current()
    if grid is not None and adoption_of(territory) is None:
        GridAdoption.objects.create(territory=territory, grid=grid)
