"""The optional criteria that a territory adds to the shared grid, for itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from labelling.models import Answer, CriteriaGrid, Criterion, CriterionKind, LabelCheck
from labelling.models.grids import OWN_FROZEN
from territories.audit.recording import record

from .words import CRITERION_WORDS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from territories.models import Territory

MOST = 20


def additions_of(territory: Territory, grid: CriteriaGrid | None) -> QuerySet[Criterion]:
    """What it adds to a version, each with whether it `was_used`; in one query."""
    own = Criterion.objects.filter(grid__territory=territory, grid__completes=grid)
    used = Exists(Answer.objects.filter(criterion=OuterRef("pk"))) | Exists(
        LabelCheck.objects.filter(criterion=OuterRef("pk"))
    )
    return own.annotate(was_used=used).select_related("grid").order_by("number")


def new_addition(territory: Territory, grid: CriteriaGrid) -> Criterion:
    """Not saved: what a form fills in. It is optional whatever the form is sent."""
    return Criterion(
        grid=CriteriaGrid(territory=territory, completes=grid),
        kind=CriterionKind.OPTIONAL,
        number=1,
    )


@transaction.atomic
def keep_addition(*, criterion: Criterion, user: User | None = None) -> Criterion:
    """Save one that is new or changed. Raises ValidationError: it was used, or there are enough."""
    own = criterion.grid
    territory, is_new = own.territory, criterion.pk is None
    if is_new:
        criterion.grid = grid_of_additions(territory, own.completes)
        criterion.number = next_number(criterion.grid)
        if criterion.grid.criteria.count() >= MOST:
            raise ValidationError(_("Un territoire ajoute 20 critères au plus."))
    else:
        _lock(criterion)
    # The key belongs to the shared grid: what is known of an event answers by it.
    criterion.kind, criterion.key = CriterionKind.OPTIONAL, ""
    criterion.full_clean()
    criterion.save()
    action = "labelling.add_criterion" if is_new else "labelling.change_criterion"
    record(territory=territory, action=action, user=user, about=criterion, name=criterion.name)
    return criterion


@transaction.atomic
def remove_addition(*, criterion: Criterion, user: User | None = None) -> None:
    """Raises ValidationError when it was used."""
    _lock(criterion)
    territory, name = criterion.grid.territory, criterion.name
    record(
        territory=territory,
        action="labelling.remove_criterion",
        user=user,
        about=criterion,
        name=name,
    )
    criterion.delete()


def _lock(criterion: Criterion) -> None:
    """Nobody answers it between the question whether it was used and the change."""
    Criterion.objects.select_for_update().get(pk=criterion.pk)
    if criterion.is_frozen and criterion.differs():
        raise ValidationError(OWN_FROZEN)


def grid_of_additions(territory: Territory, grid: CriteriaGrid) -> CriteriaGrid:
    """Made with the first of them; shown to nobody as such."""
    made, _created = CriteriaGrid.with_additions.get_or_create(
        territory=territory,
        completes=grid,
        defaults={
            "name": territory.name[:150],
            # No shared version has a plus.
            "version": f"{grid.version}+{territory.slug}"[:100],
        },
    )
    return made


def next_number(own: CriteriaGrid) -> int:
    return (own.criteria.aggregate(last=Max("number"))["last"] or 0) + 1


def carry_over(
    *,
    territory: Territory,
    before: CriteriaGrid,
    after: CriteriaGrid,
    criteria: Iterable[Criterion],
) -> list[Criterion]:
    """Add to a version what was added to the one before: copies, so that each keeps its answers."""
    asked = {one.pk for one in criteria}
    chosen = [one for one in additions_of(territory, before) if one.pk in asked]
    if not chosen:
        return []
    own = grid_of_additions(territory, after)
    first = next_number(own)
    return Criterion.objects.bulk_create(
        Criterion(
            grid=own,
            kind=CriterionKind.OPTIONAL,
            number=first + rank,
            sort_order=first + rank,
            translations=one.translations,
            **{name: getattr(one, name) for name in CRITERION_WORDS},
        )
        for rank, one in enumerate(chosen)
    )
