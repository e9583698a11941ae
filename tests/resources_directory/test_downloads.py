"""« Télécharger cette liste »: the same sheets as the list that was narrowed, and no other."""

import json
from io import BytesIO

import pytest
from directory_factories import make_actor, make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_territory
from openpyxl import load_workbook

from resources_directory.importing.reading import read_sheet
from resources_directory.importing.records import File, Resource
from territories.spreadsheets.cells import flat

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def territories(undone_after_the_module):
    alpha, beta = (
        make_territory(slug, plugins=["resources_directory"]) for slug in ("alpha", "beta")
    )
    for territory in (alpha, beta):
        actor = make_actor(territory, f"Centre de {territory.slug}", networks=["mission-locale"])
        make_service(territory, f"Atelier de {territory.slug}", actor=actor, fees="gratuit")
    make_service(alpha, "=Payant", actor=make_actor(alpha, "Café d’alpha"), fees="payant")
    hidden = make_actor(alpha, "Caché")
    make_service(alpha, "Sans porte", actor=hidden)
    hidden.unpublish()


def get(client, address, host="alpha.localhost"):
    answer = client.get(address, headers={"host": host})
    assert answer.status_code == 200
    return answer


def names(client, address, host="alpha.localhost"):
    answer = get(client, address, host)
    content = answer.getvalue()
    if "xlsx" in address:
        _read_me, table = load_workbook(BytesIO(content)).worksheets
        headings, *rows = table.iter_rows(values_only=True)
        return [row[headings.index("nom")] for row in rows]
    if "csv" in address:
        headings, *lines = content.decode().removeprefix("\ufeff").splitlines()
        return [line.split(";")[headings.split(";").index("nom")] for line in lines]
    data = json.loads(content)
    rows = data if isinstance(data, list) else [one["properties"] for one in data["features"]]
    return [row["nom"] for row in rows]


@pytest.mark.parametrize("extension", ["json", "csv", "xlsx", "geojson"])
class TestEachForm:
    def test_the_guide_as_it_was_narrowed(self, client, extension):
        everything = names(client, f"/guide/liste.{extension}")
        assert [name.lstrip("'") for name in everything] == ["Atelier de alpha", "=Payant"]
        narrowed = names(client, f"/guide/liste.{extension}?prix=gratuit&page=1")
        assert narrowed == ["Atelier de alpha"]

    def test_the_actors_as_they_were_narrowed(self, client, extension):
        everything = names(client, f"/carte/liste.{extension}")
        assert everything == ["Centre de alpha", "Café d’alpha"]
        narrowed = names(client, f"/carte/liste.{extension}?reseau=mission-locale")
        assert narrowed == ["Centre de alpha"]


def test_the_pages_lead_to_the_files_of_what_they_show(client):
    page = get(client, "/carte/?reseau=mission-locale").content.decode()
    assert 'href="/carte/liste.csv?reseau=mission-locale"' in page
    page = get(client, "/en/guide/").content.decode()
    for extension in ("csv", "xlsx", "geojson", "json"):
        assert f'href="/en/guide/liste.{extension}"' in page


def test_a_file_says_that_it_is_a_part_and_of_what(client):
    answer = get(client, "/en/carte/liste.xlsx?reseau=mission-locale")
    assert 'filename="structures-extrait-alpha-' in answer["Content-Disposition"]
    read_me, _table = load_workbook(BytesIO(answer.getvalue())).worksheets
    said = dict(read_me.iter_rows(values_only=True))
    assert "Mission Locale" in said.values()
    assert said["Source"] == "http://alpha.localhost/en/carte/liste.xlsx?reseau=mission-locale"


def test_the_portal_has_all_and_no_form_is_invented(client):
    assert len(names(client, "/carte/liste.csv", "localhost")) == 3
    for address in ("/guide/liste.exe", "/carte/liste.ods"):
        assert client.get(address, headers={"host": "alpha.localhost"}).status_code == 404


@pytest.mark.parametrize("extension", ["csv", "xlsx", "geojson", "json"])
def test_a_file_costs_the_same_for_one_territory_and_for_all(client, extension):
    def queries(address, host):
        get(client, address, host).getvalue()
        with CaptureQueriesContext(connection) as captured:
            get(client, address, host).getvalue()
        return len(captured)

    for kind in ("guide", "carte"):
        address = f"/{kind}/liste.{extension}"
        assert queries(address, "alpha.localhost") <= 15
        assert queries(address, "localhost") <= queries(address, "alpha.localhost")


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/guide/liste", Resource.SERVICE), ("/open-data/structures", Resource.STRUCTURE)],
)
def test_what_is_downloaded_is_read_back_by_the_importer_as_it_was(client, address, kind):
    rows = json.loads(get(client, f"{address}.json").getvalue())
    said = [{name: str(flat(value)) for name, value in row.items()} for row in rows]
    for extension in ("csv", "xlsx"):
        file = File(f"liste.{extension}", get(client, f"{address}.{extension}").getvalue())
        sheet = read_sheet(file, kind)
        read = [
            {name: str(value) for name, value in line.values.items() if value not in ("", None)}
            for line in sheet.lines
        ]
        assert read == said
        # The licence and the day of the file are no columns of the record.
        assert not [note for note in sheet.notes if "inconnue" in note]
