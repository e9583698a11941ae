"""What a territory adds to the shared grid may be judged there; what is shared is demanded."""

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError

from labelling.grids.adopting import criteria_for, grid_of
from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid, Criterion, GridAdoption

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(alpha, grid):
    """A criterion that Alpha adds to the shared grid."""
    additions = CriteriaGrid.objects.create(
        name="Alpha", version="alpha", territory=alpha, completes=grid
    )
    return Criterion.objects.create(
        grid=additions, kind="optional", number=1, name="Tout près", question="Où ?"
    )


def test_an_addition_counts_where_it_was_added_and_nowhere_else(alpha, beta, grid, mandatory, own):
    label = grant_label(page=make_event(alpha), grid=grid, criteria=[*mandatory, own])
    assert own in label.criteria.all()
    with pytest.raises(ValidationError, match="ne fait pas partie"):
        grant_label(page=make_event(beta), grid=grid, criteria=[*mandatory, own])


def test_no_addition_stands_for_a_mandatory_criterion(alpha, grid, mandatory, own):
    for missing in mandatory:
        met = [one for one in mandatory if one != missing]
        with pytest.raises(ValidationError, match="Il manque un critère obligatoire"):
            grant_label(page=make_event(alpha), grid=grid, criteria=[*met, own])


def test_an_addition_that_came_in_as_mandatory_is_neither_demanded_nor_judged(
    alpha, grid, mandatory, own
):
    Criterion.objects.filter(pk=own.pk).update(kind="mandatory")
    assert own not in criteria_for(alpha, grid)
    grant_label(page=make_event(alpha), grid=grid, criteria=mandatory)


def test_a_grid_of_additions_judges_nothing_by_itself(alpha, own):
    with pytest.raises(ValidationError, match="pas encore publiée"):
        grant_label(page=make_event(alpha), grid=own.grid, criteria=[own])


def test_a_territory_judges_by_the_grid_that_it_adopted_last(alpha, beta, grid):
    newer = CriteriaGrid.objects.create(
        name="Suivante", version="2026-2", published_on=grid.published_on.replace(month=6)
    )
    GridAdoption.objects.create(territory=alpha, grid=grid)
    assert grid_of(alpha) == grid
    assert grid_of(beta) == newer
    GridAdoption.objects.create(territory=alpha, grid=newer)
    assert grid_of(alpha) == newer
