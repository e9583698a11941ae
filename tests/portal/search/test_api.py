import uuid
from datetime import UTC, datetime

import pytest

from portal.search.faceting import FACETS
from territories.vocabulary.loading import load_terms
from tests.portal.search.documents import make_document, make_documents
from tests.portal.search.test_fuzz import FRAGMENTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def get(host: str = "alpha.localhost", address: str = "/api/v1/search/", **parameters):
        return client.get(address, parameters, headers={"host": host})

    return get


def test_each_answer_says_what_its_row_says(alpha, ask):
    make_document(
        alpha,
        "Permis & conduite",
        kind="service",
        summary="Passer le permis",
        external_id="dora--12",
        path="/guide/permis/",
        place="Maison de quartier",
        latitude=43.57,
        longitude=1.4,
        next_date=datetime(2030, 7, 1, 12, tzinfo=UTC),
        last_date=datetime(2030, 7, 1, 14, tzinfo=UTC),
        is_free=True,
        marks=["labelled"],
    )
    make_document(None, "Permis : l’essentiel", path="/permis/")
    page, service = sorted(
        ask("localhost", q="permis").json()["results"], key=lambda one: one["territory"] or ""
    )
    assert service == {
        "kind": "service",
        "kind_label": "Aide",
        "title": "Permis & conduite",
        "url": "http://alpha.localhost/guide/permis/",
        "territory": "alpha",
        "external_id": "dora--12",
        "language": "fr",
        "summary": "Passer le permis",
        "place": "Maison de quartier",
        "latitude": 43.57,
        "longitude": 1.4,
        "distance_km": None,
        "next_date": "2030-07-01T14:00:00+02:00",
        "is_free": True,
        "is_labelled": True,
        "highlights": {
            "title": "<mark>Permis</mark> &amp; conduite",
            "text": "Passer le <mark>permis</mark>",
        },
    }
    assert page["territory"] is None and page["external_id"] is None and page["is_free"] is None
    assert page["url"] == "http://localhost/permis/" and page["kind_label"] == "Page"


def test_near_a_place_each_answer_says_how_far_it_is(alpha, ask):
    make_document(alpha, "Permis", latitude=43.58, longitude=1.4)
    make_document(alpha, "Permis au loin", latitude=45.0, longitude=1.4)
    [one] = ask(q="permis", pres="43.57,1.40", rayon="2").json()["results"]
    assert one["distance_km"] == 1.11
    assert ask(q="permis", pres="43.57,1.40", rayon="1").json()["count"] == 0


def test_the_next_date_is_that_of_the_clocks_of_an_overseas_territory(alpha, ask):
    alpha.time_zone = "Indian/Reunion"
    alpha.save()
    noon = datetime(2030, 7, 1, 12, tzinfo=UTC)
    make_document(alpha, "Permis", next_date=noon, last_date=noon)
    [one] = ask("localhost", q="permis").json()["results"]
    assert one["next_date"] == "2030-07-01T16:00:00+04:00"


def test_what_was_understood_is_said(alpha, ask):
    make_document(alpha, "Permis de conduire")
    answer = ask(q="permis conduyre").json()
    assert answer["count"] == 1 and answer["did_you_mean"] == "permis conduire"
    assert ask(q="permis").json()["did_you_mean"] is None


def test_it_says_which_period_a_question_of_time_alone_asks_for(alpha, ask):
    assert ask(q="que faire ce week-end").json()["period"] == "week-end"
    assert ask(q="permis ce week-end").json()["period"] is None


def test_facets_name_each_value_in_the_language_that_is_asked_for(alpha, ask):
    load_terms()
    make_documents(alpha, [{"title": "Permis", "themes": ["mobilite--preparer-un-permis"]}] * 2)
    make_document(alpha, "Permis", is_free=True)
    in_french, in_english = (ask(q="permis", lang=code).json()["facets"] for code in ("fr", "en"))
    assert in_french["gratuit"] == [{"value": "oui", "label": "Gratuit", "count": 1}]
    assert in_english["gratuit"][0]["label"] == "Free"
    assert in_french["kind"] == [{"value": "page", "label": "Pages", "count": 3}]
    themes = [one["value"] for one in in_french["theme"]]
    assert themes == ["mobilite", "mobilite--preparer-un-permis"]
    assert all(one["label"] != one["value"] for one in in_french["theme"])
    assert in_english["theme"] != in_french["theme"]
    assert set(in_french) == set(FACETS) and in_french["commune"] == []


def test_a_language_finds_what_is_translated_and_in_french_what_is_not(alpha, ask):
    key = uuid.uuid4()
    make_document(alpha, "Permis de conduire", translation_key=key)
    make_document(alpha, "Driving licence", translation_key=key, language="en")
    make_document(alpha, "Permis de chasse")
    response = ask(lang="en")
    found = {(one["title"], one["language"]) for one in response.json()["results"]}
    assert found == {("Driving licence", "en"), ("Permis de chasse", "fr")}
    assert response["Content-Language"] == "en" and ask()["Content-Language"] == "fr"


def test_pages_are_as_long_as_is_asked_and_lead_to_one_another(alpha, ask):
    make_documents(alpha, [{"title": f"Permis {number}"} for number in range(5)])
    titles, address, answers = [], "/api/v1/search/?q=permis&per_page=2", []
    while address:
        answers.append(ask(address=address).json())
        titles += [one["title"] for one in answers[-1]["results"]]
        address = answers[-1]["next"]
    assert sorted(titles) == [f"Permis {number}" for number in range(5)]
    first, second, _third = answers
    assert first["previous"] is None and "page=1" in second["previous"]
    assert second["previous"].startswith("http://alpha.localhost/api/v1/search/?q=permis")
    past = ask(q="permis", per_page="2", page="40").json()
    assert past["results"] == [] and past["next"] is None and "page=3" in past["previous"]


def test_the_portal_finds_several_territories_and_a_territory_only_its_own(alpha, beta, ask):
    for territory in (alpha, beta):
        make_document(territory, "Permis", communes=[territory.slug])
    make_document(beta, "Permis caché", on_portal=False)
    make_document(beta, "Permis retiré", is_withdrawn=True)
    everywhere = ask("localhost", q="permis").json()
    assert [result["territory"] for result in everywhere["results"]] == ["alpha", "beta"]
    facets = everywhere["facets"]
    assert [one["value"] for one in facets["territoire"]] == ["alpha", "beta"]
    assert {one["value"] for one in facets["commune"]} == {"alpha", "beta"}
    assert ask("localhost", q="permis", territoire="beta").json()["count"] == 1

    here = ask(q="permis").json()
    assert here["count"] == 1 and [one["territory"] for one in here["results"]] == ["alpha"]
    # Not even counted, named or offered.
    assert "beta" not in str(here).lower()
    assert ask(q="permis", territoire="beta").status_code == 400
    typed = ask(address="/api/v1/search/suggestions/?q=perm").json()["suggestions"]
    assert [one["url"].split("/")[2] for one in typed] == ["alpha.localhost"]


def test_pages_hold_twenty_and_one_past_the_end_is_empty(alpha, ask):
    make_documents(alpha, [{"title": f"Permis {number}"} for number in range(25)])
    sizes = []
    for page in ("1", "2", "3", "9" * 60):
        answer = ask(q="permis", page=page).json()
        assert answer["count"] == 25
        sizes.append(len(answer["results"]))
    assert sizes == [20, 5, 0, 0]


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "", "9" * 5000, "\0", "٣"])
def test_a_page_that_is_no_number_gets_400_and_a_sentence_that_names_it(alpha, ask, page):
    response = ask(q="permis", page=page)
    assert response.status_code == 400 and set(response.json()) == {"error"}
    assert "« page »" in response.json()["error"]
    assert (
        response["Access-Control-Allow-Origin"] == "*" and response["Cache-Control"] == "no-store"
    )


@pytest.mark.parametrize(
    "parameter",
    [
        *("per_page=61", "per_page=0", "lang=de", "rayon=3", "passes=oui", "periode=hier"),
        *("theme=licorne", "pres=nulle-part", "territoire=alpha", "commune=99999", "gratuit=non"),
        "kind=" + "&kind=".join(["page"] * 101),
    ],
)
def test_a_value_that_does_not_exist_gets_400_and_the_name_of_its_parameter(alpha, ask, parameter):
    response = ask(address=f"/api/v1/search/?{parameter}")
    assert response.status_code == 400
    assert f"« {parameter.partition('=')[0]} »" in response.json()["error"]


def test_what_a_form_leaves_empty_and_what_nobody_knows_is_ignored(alpha, ask):
    make_document(alpha, "Permis")
    empty = "q=permis&kind=&pres=&rayon=&passes=&lang=&theme=&utm_source=x"
    assert ask(address=f"/api/v1/search/?{empty}").json()["count"] == 1


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


@pytest.mark.parametrize("question", [*FRAGMENTS, "é" * 10_000])
def test_no_question_is_an_error(alpha, client, question):
    for address in ("/api/v1/search/", "/recherche/"):
        response = client.get(address, {"q": question}, headers={"host": "alpha.localhost"})
        assert response.status_code == 200
