import pytest
from factories import make_territory

from labelling.granting import grant_label
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
    return make_territory("alpha", plugins=["labelling"])


@pytest.fixture
def beta(db):
    return make_territory("beta", plugins=["labelling"])


@pytest.fixture
def give(grid, mandatory):
    """Give the label to an event, with its mandatory criteria and those named beside."""

    def give(event, *others, **facts):
        return grant_label(page=event, grid=grid, criteria=[*mandatory, *others], **facts)

    return give


@pytest.fixture
def get(client):
    def fetch(address, host="alpha.localhost", status=200):
        response = client.get(address, headers={"host": host})
        assert response.status_code == status, response.content.decode()[-2000:]
        return (b"".join(response) if response.streaming else response.content).decode()

    return fetch
