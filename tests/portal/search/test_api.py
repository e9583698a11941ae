import pytest

from tests.portal.search.documents import make_document, make_documents
from tests.portal.search.test_engines import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def get(host: str = "alpha.localhost", address: str = "/api/v1/search/", **parameters):
        return client.get(address, parameters, headers={"host": host})

    return get


def test_an_answer_has_the_promised_shape(alpha, ask):
    make_document(
        alpha,
        "Permis",
        kind="service",
        summary="Passer le permis",
        external_id="dora--12",
        path="/guide/permis/",
    )
    make_document(None, "Permis : l’essentiel", path="/permis/")
    service, page = sorted(
        ask("localhost", q="permis").json()["results"], key=lambda result: result["title"]
    )
    assert service == {
        "kind": "service",
        "title": "Permis",
        "url": "http://alpha.localhost/guide/permis/",
        "territory": "alpha",
        "external_id": "dora--12",
        "summary": "Passer le permis",
    }
    assert page["territory"] is None and page["external_id"] is None
    assert page["url"] == "http://localhost/permis/"


def test_the_portal_finds_several_territories_and_a_territory_only_its_own(alpha, beta, ask):
    for territory in (alpha, beta):
        make_document(territory, "Permis", kind="service")
    everywhere = ask("localhost", q="permis").json()
    assert {result["territory"] for result in everywhere["results"]} == {"alpha", "beta"}
    for slug in ("alpha", "beta"):
        here = ask(f"{slug}.localhost", q="permis").json()
        assert here["count"] == 1
        assert [result["territory"] for result in here["results"]] == [slug]


def test_pages_hold_twenty_and_one_past_the_end_is_empty(alpha, ask):
    make_documents(alpha, [{"title": f"Permis {number}"} for number in range(25)])
    sizes = []
    for page in ("1", "2", "3", "9" * 60):
        answer = ask(q="permis", page=page).json()
        assert answer["count"] == 25
        sizes.append(len(answer["results"]))
    assert sizes == [20, 5, 0, 0]


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "", "9" * 5000, "\0"])
def test_a_page_that_is_no_number_gets_400_and_a_sentence_that_names_it(alpha, ask, page):
    response = ask(q="permis", page=page)
    assert response.status_code == 400
    assert "« page »" in response.json()["error"]
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_unknown_kind_gets_400_and_the_known_ones(alpha, ask):
    response = ask(kind="licorne")
    assert response.status_code == 400
    assert "« kind »" in response.json()["error"] and "notice" in response.json()["error"]


def test_a_kind_narrows(alpha, ask):
    for kind in ("page", "notice"):
        make_document(alpha, f"Permis {kind}", kind=kind)
    answer = ask(q="permis", kind="page").json()
    assert answer["count"] == 1 and answer["results"][0]["kind"] == "page"
    assert ask(q="permis", kind="").json()["count"] == 2


def test_without_words_everything_is_given(alpha, ask):
    make_documents(alpha, [{"title": "Un"}, {"title": "Deux"}])
    assert ask().json()["count"] == ask(q="").json()["count"] == ask(q="?").json()["count"] == 2


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_is_an_error(alpha, client, question):
    question = question.encode("utf-8", "replace").decode()
    for address in ("/api/v1/search/", "/recherche/"):
        response = client.get(address, {"q": question}, headers={"host": "alpha.localhost"})
        assert response.status_code == 200


def test_it_may_be_read_from_any_site_and_by_reading_alone(alpha, client):
    host = {"host": "alpha.localhost"}
    allowed = "GET, HEAD, OPTIONS"
    for method in (client.get, client.head, client.options):
        response = method("/api/v1/search/", headers=host)
        assert response.status_code in (200, 204)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Allow-Methods"] == allowed
        assert not response.cookies
    for method in (client.post, client.put, client.delete):
        response = method("/api/v1/search/", headers=host)
        assert response.status_code == 405 and response["Allow"] == allowed
        assert response.json()["error"]


def test_an_address_below_that_does_not_exist_says_so_in_json(alpha, ask):
    response = ask(address="/api/v1/search/nimporte/")
    assert response.status_code == 404 and "error" in response.json()
