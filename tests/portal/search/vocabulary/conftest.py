import pytest
from factories import make_territory

from portal.search.models import Synonym
from portal.search.vocabulary.in_force import forget_vocabulary
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


@pytest.fixture(autouse=True)
def nothing_is_in_force_yet():
    forget_vocabulary()


@pytest.fixture
def say(db):
    """`say("gazole", "carburant")`: keep a synonym, national unless a territory is named."""

    def keep(said: str, means: str = "", link: str = "towards", territory=None) -> Synonym:
        return Synonym.objects.create(said=said, means=means, link=link, territory=territory)

    return keep
