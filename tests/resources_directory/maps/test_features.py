"""What the map reads: as short as it can be, narrowed as the list is, nothing of a stranger."""

import gzip
import json
import random
from urllib.parse import urlsplit

import pytest
from directory_factories import make_actor, make_service, write_actors
from factories import make_territory

from resources_directory.models import ActorPage
from territories.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


@pytest.fixture
def centre(alpha):
    return make_actor(alpha, "Centre social", networks=["mission-locale"])


@pytest.fixture
def features(client):
    def read(query="", host="alpha.localhost", path="/carte/acteurs.geojson"):
        answer = client.get(f"{path}{query}", headers={"host": host})
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/geo+json"
        found = json.loads(answer.content)
        assert found["type"] == "FeatureCollection"
        return found["features"]

    return read


def test_it_holds_the_actors_that_have_coordinates_longitude_first(features, alpha, centre):
    make_service(alpha, actor=centre, themes=["mobilite--preparer-un-permis"])
    make_actor(alpha, "Sans adresse", latitude=None, longitude=None)
    assert features() == [
        {
            "type": "Feature",
            "id": str(centre.translation_key),
            "geometry": {"type": "Point", "coordinates": [1.44386, 43.60446]},
            "properties": {
                "name": "Centre social",
                "url": "/carte/centre-social/",
                "category": "mobilite",
                "address": "1 place du Capitole, 31000 Toulouse",
                "said": "1 aide",
            },
        }
    ]


def test_it_says_nothing_of_what_is_not_known(features, alpha):
    bare = {"address": "", "postcode": "", "commune": "", "insee_code": ""}
    make_actor(alpha, "Médiathèque", latitude=43.123456789, **bare)
    [feature] = features()
    assert feature["properties"] == {"name": "Médiathèque", "url": "/carte/mediatheque/"}
    assert feature["geometry"]["coordinates"] == [1.44386, 43.12346]


def test_it_is_narrowed_as_the_list_is_and_holds_all_its_pages(features, alpha, centre):
    make_service(alpha, actor=centre, themes=["mobilite--preparer-un-permis"])
    assert len(features("?theme=mobilite")) == 1
    assert features("?theme=sante") == []
    assert len(features("?reseau=mission-locale&page=2")) == 1


def test_it_shows_no_stranger_and_the_portals_shows_all(features, centre):
    make_actor(make_territory("beta", plugins=["resources_directory"]), "Acteur de Beta")
    assert len(features()) == 1
    addresses = [feature["properties"]["url"] for feature in features(host="localhost")]
    hosts = {urlsplit(address).hostname for address in addresses}
    assert hosts == {"alpha.localhost", "beta.localhost"}


def test_the_actors_own_category_wins_over_its_services(features, alpha, centre):
    make_service(alpha, actor=centre, themes=["mobilite--preparer-un-permis"])
    ActorPage.objects.filter(pk=centre.pk).update(category=Term.objects.get(code="sante"))
    assert features()[0]["properties"]["category"] == "sante"


def test_an_english_reader_is_led_to_english_addresses_and_told_which_names_are_french(
    features, centre
):
    [feature] = features(path="/en/carte/acteurs.geojson")
    assert feature["properties"]["url"] == "/en/carte/centre-social/"
    assert feature["properties"]["language"] == "fr"


def test_two_thousand_actors_weigh_less_than_a_photograph(client, alpha, centre):
    """A quarter of a megabyte on the wire; the rows are written at once, as nobody would."""
    draw = random.Random(5)
    syllables = [
        "ba",
        "che",
        "di",
        "fo",
        "gu",
        "lan",
        "mer",
        "nou",
        "pri",
        "ro",
        "sain",
        "tel",
        "vou",
        "zac",
    ]

    def words(number):
        return " ".join("".join(draw.choices(syllables, k=3)).title() for _word in range(number))

    write_actors(
        alpha,
        [
            {
                "title": words(3),
                "address": f"{draw.randint(1, 200)} rue {words(2)}",
                "latitude": 43.5 + draw.random() / 5,
                "longitude": 1.3 + draw.random() / 5,
            }
            for _actor in range(1_999)
        ],
    )
    body = client.get("/carte/acteurs.geojson", headers={"host": "alpha.localhost"}).content
    assert len(json.loads(body)["features"]) == 2_000
    weight = len(gzip.compress(body, 6))
    print(f"{len(body) / 1000:.0f} kB, {weight / 1000:.0f} kB compressed")
    assert weight < 250_000
