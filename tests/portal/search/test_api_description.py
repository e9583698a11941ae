"""What the API says of itself, held to what it does."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from portal.search.api.examples import ERROR, SEARCH, SUGGESTIONS
from portal.search.api.parameters import OF_FACETS
from portal.search.api.questions import MOST_PER_PAGE
from portal.search.api.schemas import SCHEMAS
from portal.search.faceting import FACETS
from resources_directory.near import RADII
from tests.portal.search.documents import make_document, make_documents

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/openapi.json"


@pytest.fixture
def get(client, alpha):
    def ask(address: str, parameters=None, host: str = "alpha.localhost"):
        return client.get(address, parameters or {}, headers={"host": host})

    return ask


def validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


CHECKS = {name: validator(name) for name in SCHEMAS}


def check(name: str, answer) -> None:
    assert [error.message for error in CHECKS[name].iter_errors(answer)] == []


@pytest.mark.parametrize("host", ["alpha.localhost", "localhost"])
def test_it_is_a_valid_description_in_openapi(get, host):
    document = get(ADDRESS, host=host).json()
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert document["openapi"].startswith("3.1") and document["components"]["schemas"] == SCHEMAS
    assert document["servers"] == [{"url": f"http://{host}/api/v1"}]
    for path in document["paths"]:
        assert get(f"/api/v1{path}", host=host).status_code == 200


def test_its_examples_are_what_it_promises():
    for name, example in (("Search", SEARCH), ("Suggestions", SUGGESTIONS), ("Error", ERROR)):
        check(name, example)


def test_parameters_are_those_that_the_code_reads(get):
    described = {
        parameter["name"]: parameter
        for parameter in get(ADDRESS).json()["paths"]["/search/"]["get"]["parameters"]
    }
    others = {"q", "pres", "rayon", "passes", "page", "per_page", "lang"}
    # No plugin that gives a mark, no public: without values there is nothing to choose.
    assert {*FACETS, *others} - set(described) <= {"label", "public"}
    assert set(OF_FACETS) == set(FACETS)
    assert described["per_page"]["schema"]["maximum"] == MOST_PER_PAGE
    assert described["rayon"]["schema"]["enum"] == ["0", *map(str, RADII)]
    for name, parameter in described.items():
        schema = parameter["schema"].get("items", parameter["schema"])
        for value in schema.get("enum", ()):
            response = get("/api/v1/search/", {name: value})
            assert response.status_code == 200, (name, value, response.json())
        if "enum" in schema:
            assert get("/api/v1/search/", {name: "licorne"}).status_code == 400


def test_real_answers_are_what_it_promises(get, alpha):
    make_documents(alpha, [{"title": f"Permis {number}"} for number in range(3)])
    make_document(alpha, "Permis", kind="event", latitude=43.6, longitude=1.44, is_free=False)
    make_document(None, "Permis du portail")
    for host in ("alpha.localhost", "localhost"):
        for asked in ("", "?q=permis&per_page=2", "?q=permi", "?pres=43.6,1.44", "?page=9"):
            check("Search", get(f"/api/v1/search/{asked}", host=host).json())
        check("Suggestions", get("/api/v1/search/suggestions/?q=perm", host=host).json())
    for wrong in ("?page=0", "?kind=licorne", "?lang=de"):
        check("Error", get(f"/api/v1/search/{wrong}").json())


NAMES = [*FACETS, "q", "pres", "rayon", "passes", "page", "per_page", "lang", "nimporte"]
MEANT = ["permis", "page", "semaine", "oui", "31555", "alpha", "43.57,1.40", "2", "en", "1", ""]
ODD = ["\0", "-0", "1e3", "٣", "9" * 400, "43.57,1.40,2", "91.0,0", "' OR 1=1 --", "{{7*7}}"]
VALUES = st.one_of(st.sampled_from(MEANT), st.sampled_from(ODD), st.text(max_size=12))


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=3), max_size=4),
    st.sampled_from(["alpha.localhost", "localhost"]),
)
def test_whatever_is_asked_is_answered_or_refused_with_a_sentence(get, parameters, host):
    response = get("/api/v1/search/", parameters, host=host)
    if response.status_code == 200:
        return check("Search", response.json())
    assert response.status_code == 400
    check("Error", response.json())
    # Quoted in the language that was asked for.
    assert re.search(rf"\b({'|'.join(NAMES)})\b", response.json()["error"])


class TestPage:
    def test_people_read_the_same_parameters_and_members(self, get):
        page = get("/recherche/api/").content.decode()
        document = get(ADDRESS).json()
        for operation in document["paths"].values():
            for parameter in operation["get"]["parameters"]:
                assert f"<code>{parameter['name']}</code>" in page
        for name in ("Search", "Result", "FacetValue", "Licence"):
            for member in SCHEMAS[name]["properties"]:
                assert f"<code>{member}</code>" in page
        assert "{&#x27;" not in page  # no name of the frame's own is taken
        assert ADDRESS in page and "<script" not in page.partition("<main")[2]

    def test_open_data_leads_to_it_in_each_language(self, get):
        for prefix in ("", "/en", "/ar"):
            assert f'href="{prefix}/recherche/api/"' in get(f"{prefix}/open-data/").content.decode()
            response = get(f"{prefix}/recherche/api/")
            assert response.status_code == 200 and not response.cookies
