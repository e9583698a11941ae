"""A dataset in each of its forms, written as its rows come."""

import json
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO

import pytest
from factories import home_of, make_page, make_territory
from openpyxl import load_workbook
from sample_plugin.models import NoticePage

from territories.open_data.editions import Edition
from territories.open_data.formats import FORMATS, answer, formats_of
from territories.plugins.contributions import Column, Dataset
from territories.spreadsheets.cells import unguarded

NAMES = ("id", "nom", "themes", "ouvert", "latitude", "longitude")
WHERE = Dataset(
    "lieux",
    "Lieux",
    "Les lieux.",
    rows=lambda territory: (),
    columns=[Column(name, f"Ce qu’est {name}") for name in NAMES],
)
ROWS = [
    {
        "id": "a",
        "nom": "=1+1",
        "themes": ["x", "y"],
        "ouvert": True,
        "latitude": 43.6,
        "longitude": -1.4,
    },
    {"id": "b", "nom": "Café", "themes": [], "ouvert": False},
]
NOON = datetime(2026, 11, 26, 11, 30, tzinfo=UTC)


def edition(rows=ROWS, dataset=WHERE, **facts):
    return Edition(
        dataset, None, rows, source="https://example.org/", updated=NOON, made_at=NOON, **facts
    )


def written(extension, made=None):
    return answer(made or edition(), FORMATS[extension])


@pytest.mark.parametrize("extension", FORMATS)
def test_each_form_says_its_licence_its_day_and_its_name(extension):
    response = written(extension)
    assert response["Link"] == (
        '<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>; rel="license"'
    )
    assert response["Last-Modified"] == "Thu, 26 Nov 2026 11:30:00 GMT"
    assert f'filename="lieux-portail-2026-11-26.{extension}"' in response["Content-Disposition"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_json_is_a_bare_array():
    assert json.loads(written("json").getvalue()) == ROWS


def test_csv_has_every_column_and_passes_its_licence_on():
    text = written("csv").getvalue().decode()
    headings, first, second = text.removeprefix("\ufeff").splitlines()
    assert headings == ";".join([*NAMES, "licence", "extrait_le"])
    assert first == "a;'=1+1;x, y;oui;43.6;-1.4;Licence Ouverte 2.0;2026-11-26"
    assert second == "b;Café;;non;;;Licence Ouverte 2.0;2026-11-26"
    assert unguarded(first.split(";")[1]) == ROWS[0]["nom"]


def test_a_workbook_begins_with_what_must_be_read(settings):
    settings.OPEN_DATA_LICENCE = ("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/")
    book = load_workbook(BytesIO(written("xlsx", edition(narrowed="gratuit")).getvalue()))
    assert book.sheetnames == ["À lire", "lieux"]
    said = dict(book["À lire"].iter_rows(values_only=True))
    assert said["Licence"] == "ODbL 1.0 – https://opendatacommons.org/licenses/odbl/"
    assert said["Extrait le"] == said["Dernier changement"] == "26 novembre 2026 12:30"
    assert (said["Source"], said["Filtres"]) == ("https://example.org/", "gratuit")
    assert said["latitude"] == "Ce qu’est latitude"
    headings, first, second = book["lieux"].iter_rows(values_only=True)
    assert headings == NAMES
    assert first == ("a", "=1+1", "x, y", True, 43.6, -1.4)
    assert second == ("b", "Café", None, False, None, None)


def test_geojson_puts_longitude_first_and_keeps_what_is_nowhere():
    collection = json.loads(written("geojson").getvalue())
    assert collection["type"] == "FeatureCollection"
    assert collection["licence"] == "Licence Ouverte 2.0"
    assert collection["date"] == "2026-11-26T11:30:00+00:00"
    placed, nowhere = collection["features"]
    # RFC 7946, 3.2: a feature has these members, and no geometry where it is nowhere.
    assert placed.keys() == nowhere.keys() == {"type", "id", "geometry", "properties"}
    assert placed["geometry"] == {"type": "Point", "coordinates": [-1.4, 43.6]}
    assert nowhere["geometry"] is None
    assert placed["properties"] == {"id": "a", "nom": "=1+1", "themes": ["x", "y"], "ouvert": True}


def test_what_says_no_place_has_no_geojson_and_what_names_no_column_has_json_only():
    bare = Dataset("x", "X", "X.", rows=lambda territory: ())
    table = Dataset("x", "X", "X.", rows=lambda territory: (), columns=[Column("nom", "Nom")])
    assert [form.extension for form in formats_of(bare)] == ["json"]
    assert [form.extension for form in formats_of(table)] == ["json", "csv", "xlsx"]
    assert [form.extension for form in formats_of(WHERE)] == ["json", "csv", "xlsx", "geojson"]


@pytest.mark.parametrize(
    ("extension", "number"), [("json", 4000), ("csv", 4000), ("geojson", 4000), ("xlsx", 1000)]
)
def test_no_form_holds_the_whole_in_memory(extension, number):
    """Each row weighs 10 kB: all of them would be 10 MB at least."""
    living = 0

    def rows():
        for rank in range(number):
            yield {"id": str(rank), "nom": "é" * 5000, "latitude": 43.6, "longitude": 1.4}

    tracemalloc.start()
    try:
        for piece in written(extension, edition(rows())):
            living += len(piece)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000
    assert living > (10_000 if extension == "xlsx" else 9_000 * number)


@pytest.mark.django_db
class TestAddresses:
    @pytest.fixture
    def alpha(self):
        alpha, beta = (
            make_territory(name, plugins=["sample_plugin"]) for name in ("alpha", "beta")
        )
        for territory in (alpha, beta):
            make_page(home_of(territory), NoticePage(title=f"Avis de {territory.slug}"))
        return alpha

    def get(self, client, address, host="alpha.localhost"):
        return client.get(address, headers={"host": host})

    @pytest.mark.parametrize("extension", ["json", "csv", "xlsx"])
    def test_a_territory_gives_its_own_and_never_a_strangers(self, client, alpha, extension):
        answered = self.get(client, f"/open-data/annonces.{extension}")
        content = answered.getvalue()
        if extension == "xlsx":
            book = load_workbook(BytesIO(content))
            content = str(list(book["annonces"].iter_rows(values_only=True))).encode()
        assert b"alpha" in content and b"beta" not in content
        assert "annonces-alpha-" in answered["Content-Disposition"]

    def test_a_form_that_a_dataset_has_not_is_not_found(self, client, alpha):
        for address in ("annonces.geojson", "annonces.exe", "rien.csv"):
            assert self.get(client, f"/open-data/{address}").status_code == 404

    @pytest.mark.parametrize("language", ["", "/en", "/ar"])
    def test_the_page_lists_what_is_there_under_its_licence(self, client, alpha, language):
        page = self.get(client, f"{language}/open-data/").content.decode()
        assert (
            'href="/open-data/annonces.csv"' in page and 'href="/open-data/annonces.xlsx"' in page
        )
        assert "annonces.geojson" not in page
        assert (
            'rel="license" href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/"' in page
        )
