import pytest
from django.db import transaction
from factories import make_territory

from territories.models import Territory


@pytest.fixture(scope="module")
def two_territories(django_db_setup, django_db_blocker):
    """Made once a module, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        for slug in ("alpha", "beta"):
            make_territory(slug, plugins=["cooperation", "resources_directory"])
            Territory.objects.filter(slug=slug).update(contact_email=f"bonjour@{slug}.example")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alpha(two_territories, db):
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def beta(two_territories, db):
    return Territory.objects.get(slug="beta")


@pytest.fixture
def read(client):
    """The text of a page on a host, its no-break spaces made plain."""

    def get(address, host="alpha.localhost", status=200):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code == status, address
        return answer.getvalue().decode().replace("\xa0", " ").replace("\u202f", " ")

    return get
