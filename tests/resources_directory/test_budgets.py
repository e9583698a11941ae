"""The house's figures: 15 queries a page, 18 a faceted list, however many records there are."""

import json

import pytest
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory

from resources_directory.models import ServicePlace

pytestmark = pytest.mark.django_db

THEMES = [
    "mobilite--preparer-un-permis",
    "numerique--acceder-a-une-connexion-internet",
    "famille--garde-denfants",
    "sante--acces-aux-soins",
]
NEAR = "pres=43.604,1.443&rayon=5"
ADDRESSES = {
    "/guide/": 18,
    "/guide/?theme=mobilite&public=jeunes": 18,
    "/en/guide/": 18,
    f"/guide/?{NEAR}&ouvert=oui&quartier=QN03107M&langue=ar": 18,
    f"/guide/?{NEAR}&prix=payant": 18,
    "/guide/?vue=carte": 18,
    f"/en/guide/?vue=carte&{NEAR}": 18,
    "/guide/aides.geojson": 15,
    "/guide/service-0/": 15,
    "/en/guide/service-0/": 15,
    "/carte/": 18,
    "/en/carte/": 18,
    f"/carte/?{NEAR}&ouvert=oui&reseau=caf": 18,
    "/carte/acteur-0/": 15,
    "/carte/acteurs.geojson": 15,
    "/en/carte/acteurs.geojson": 15,
    "/open-data/structures.json": 15,
    "/open-data/services.json": 15,
    "/open-data/services.csv": 15,
    "/open-data/services.xlsx": 15,
    "/open-data/services.geojson": 15,
}


def queries(client, address, host):
    client.get(address, headers={"host": host})  # warms renditions and root paths
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers={"host": host})
        body = answer.getvalue()
    assert answer.status_code == 200
    assert body
    return len(captured)


def fill(territory, numbers):
    for number in numbers:
        actor = make_actor(territory, f"Acteur {number}", networks=["mission-locale", "caf"])
        make_service(
            territory,
            f"Service {number}",
            actor=actor,
            themes=[THEMES[number % 4], THEMES[(number + 1) % 4]],
            publics=["jeunes", "femmes"],
            fees="gratuit",
            type="atelier",
            places=[ServicePlace(actor=actor), ServicePlace(commune="Ifs", label="Gymnase")],
        )


def test_pages_cost_the_same_with_few_and_many_records_and_territories(client):
    alpha = make_territory("alpha", plugins=["resources_directory"])
    fill(alpha, range(2))
    measured = {address: queries(client, address, "alpha.localhost") for address in ADDRESSES}
    portal = queries(client, "/guide/", "localhost"), queries(client, "/carte/", "localhost")
    for number in range(3):
        fill(make_territory(f"autre-{number}", plugins=["resources_directory"]), range(2))
    fill(alpha, range(2, 18))
    for address, most in ADDRESSES.items():
        many = queries(client, address, "alpha.localhost")
        assert many == measured[address] <= most, address
    assert portal == (
        queries(client, "/guide/", "localhost"),
        queries(client, "/carte/", "localhost"),
    )
    assert max(portal) <= 18


def test_the_geojson_of_the_portal_holds_every_territory_at_the_same_price(client):
    for name in ("alpha", "beta"):
        fill(make_territory(name, plugins=["resources_directory"]), range(2))
    few = queries(client, "/carte/acteurs.geojson", "localhost")
    fill(make_territory("gamma", plugins=["resources_directory"]), range(4))
    assert queries(client, "/carte/acteurs.geojson", "localhost") == few
    answer = client.get("/carte/acteurs.geojson", headers={"host": "localhost"})
    assert len(json.loads(answer.content)["features"]) == 8
