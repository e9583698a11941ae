import pytest
from factories import make_territory


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["newsroom", "newsletter"])
