import pytest
from factories import make_territory

from territories.models import Territory


@pytest.fixture(scope="module")
def two_territories(undone_after_the_module):
    for slug in ("alpha", "beta"):
        make_territory(slug, plugins=["cooperation", "resources_directory"])
        Territory.objects.filter(slug=slug).update(contact_email=f"bonjour@{slug}.example")


@pytest.fixture
def read(client):
    """The text of a page on a host, its no-break spaces made plain."""

    def get(address, host="alpha.localhost", status=200):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code == status, address
        return answer.getvalue().decode().replace("\xa0", " ").replace("\u202f", " ")

    return get
