import pytest
from factories import make_territory


@pytest.fixture
def alpha(db):
    return make_territory("alpha", plugins=["cooperation", "resources_directory"])


@pytest.fixture
def read(client):
    """Reads a page of a territory and gives its text; 404 unless asked otherwise fails."""

    def get(address, host="alpha.localhost", status=200):
        answer = client.get(address, headers={"host": host})
        assert answer.status_code == status, address
        return answer.content.decode()

    return get
