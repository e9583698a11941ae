import pytest
from factories import make_territory

from territories.models import Territory


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=[])


@pytest.fixture
def alpha(two_territories, db) -> Territory:
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def beta(two_territories, db) -> Territory:
    return Territory.objects.get(slug="beta")
