"""What a map draws under its marks."""

import json

import pytest
from factories import make_territory
from perimeters_drawn import commune, make_neighbourhood

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    territory = make_territory("alpha", plugins=["resources_directory"])
    toulouse = commune("31555", "Toulouse")
    toulouse.latitude, toulouse.longitude = 43.6, 1.44
    toulouse.save()
    territory.communes.add(toulouse)
    return territory


def read(client, host="alpha.localhost", status=200):
    answer = client.get("/carte/quartiers.geojson", headers={"host": host})
    assert answer.status_code == status
    return json.loads(answer.content)["features"] if status == 200 else None


def test_it_holds_the_neighbourhoods_of_the_territory_and_the_names_of_its_communes(client, alpha):
    make_neighbourhood("Grand Carré")
    make_neighbourhood("Ailleurs", "QN07501A", of=("75056", "Paris"))
    drawn = {row["properties"]["name"]: row["geometry"]["type"] for row in read(client)}
    assert drawn == {"Grand Carré": "Polygon", "Toulouse": "Point"}


def test_a_stranger_host_and_the_portal_get_none_of_it(client, alpha):
    make_neighbourhood()
    make_territory("beta", plugins=["resources_directory"], communes=["14118:Caen"])
    assert "Grand Carré" not in {
        row["properties"]["name"] for row in read(client, "beta.localhost")
    }
    read(client, "localhost", status=404)
