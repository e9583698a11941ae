import pytest
from django.db import transaction
from factories import make_territory

from territories.models import Territory


@pytest.fixture(scope="module")
def two_territories(django_db_setup, django_db_blocker):
    """Made once a module, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in ("alpha", "beta"):
            make_territory(slug, plugins=["newsroom", "newsletter"])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alpha(two_territories, db):
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def beta(two_territories, db):
    return Territory.objects.get(slug="beta")


@pytest.fixture
def get(client):
    """The text of a page on a host."""

    def fetch(address, host="alpha.localhost", status=200):
        response = client.get(address, headers={"host": host})
        assert response.status_code == status, response.content.decode()[-2000:]
        return response.content.decode()

    return fetch
