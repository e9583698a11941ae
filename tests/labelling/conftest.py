import pytest
from factories import make_territory

from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid, CriterionKind


@pytest.fixture
def grid(db) -> CriteriaGrid:
    """The shared grid, loaded by the migrations."""
    return CriteriaGrid.objects.current()


@pytest.fixture
def mandatory(grid):
    return list(grid.criteria.filter(kind=CriterionKind.MANDATORY))


@pytest.fixture
def optional(grid):
    return list(grid.criteria.filter(kind=CriterionKind.OPTIONAL))


@pytest.fixture
def alpha(db):
    return make_territory("alpha", plugins=["labelling", "cooperation"])


@pytest.fixture
def beta(db):
    return make_territory("beta", plugins=["labelling", "cooperation"])


@pytest.fixture
def give(grid, mandatory):
    """Give the label to an event, with its mandatory criteria and those named beside."""

    def give(event, *others, **facts):
        return grant_label(page=event, grid=grid, criteria=[*mandatory, *others], **facts)

    return give
