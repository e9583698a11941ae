"""What a territory adds to the shared grid may be judged there; what is shared is demanded."""

import pytest
from agenda_factories import make_event
from django.core.exceptions import ValidationError

from labelling.grids.adopting import criteria_for
from labelling.labels.granting import grant_label
from labelling.models import Criterion

pytestmark = pytest.mark.django_db


def test_an_addition_counts_where_it_was_added_and_nowhere_else(alpha, beta, grid, mandatory, own):
    label = grant_label(page=make_event(alpha), grid=grid, criteria=[*mandatory, own])
    assert own in label.criteria.all()
    with pytest.raises(ValidationError, match="ne fait pas partie"):
        grant_label(page=make_event(beta), grid=grid, criteria=[*mandatory, own])


def test_no_addition_stands_for_a_mandatory_criterion(alpha, grid, mandatory, own):
    event = make_event(alpha)
    for missing in mandatory:
        met = [one for one in mandatory if one != missing]
        with pytest.raises(ValidationError, match="Il manque un critère obligatoire"):
            grant_label(page=event, grid=grid, criteria=[*met, own])


def test_an_addition_that_came_in_as_mandatory_is_neither_demanded_nor_judged(
    alpha, grid, mandatory, own
):
    Criterion.objects.filter(pk=own.pk).update(kind="mandatory")
    assert own not in criteria_for(alpha, grid)
    grant_label(page=make_event(alpha), grid=grid, criteria=mandatory)


def test_a_grid_of_additions_judges_nothing_by_itself(alpha, own):
    with pytest.raises(ValidationError, match="pas encore publiée"):
        grant_label(page=make_event(alpha), grid=own.grid, criteria=[own])
