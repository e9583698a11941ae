"""What is offered while somebody types."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.portal.search.documents import make_document, make_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(client):
    def ask(question: str, host: str = "alpha.localhost", path: str = "/recherche/suggestions/"):
        response = client.get(path, {"q": question}, headers={"host": host})
        assert response.status_code == 200 and not response.cookies
        return response.json()

    return ask


@pytest.mark.parametrize(
    "typed", ["cou", "COUT", "atelier cou", "l’atelier de cout", "mercredi cou", "auto-eco", "ecol"]
)
def test_accents_hyphens_and_words_in_the_middle_do_not_matter(alpha, offered, typed):
    make_document(alpha, "L’atelier couture de l’auto-école, le mercredi", kind="page")
    make_document(alpha, "Autre chose")
    [one] = offered(typed)["suggestions"]
    assert one == {
        "title": "L’atelier couture de l’auto-école, le mercredi",
        "kind": "Page",
        "url": "/page-0/",
        "language": "fr",
    }


def test_six_at_most_and_their_number_is_said(alpha, offered):
    make_documents(alpha, [{"title": f"Couture {number}"} for number in range(9)])
    answer = offered("cout")
    assert len(answer["suggestions"]) == 6 and answer["said"] == "6 propositions"
    assert offered("kwyjibo") == {"said": "Aucune proposition", "suggestions": []}


@pytest.mark.parametrize("typed", ["", "c", "co", "  c ", "?!…", "\0", '"*(', "é" * 5_000])
def test_what_says_nothing_yet_offers_nothing(alpha, offered, typed):
    make_document(alpha, "Couture")
    assert offered(typed)["suggestions"] == []


def test_a_territory_offers_its_own_alone_and_the_portal_leads_to_each(alpha, beta, offered):
    make_document(alpha, "Couture d’Alpha")
    make_document(beta, "Couture de Beta")
    assert [one["title"] for one in offered("cout")["suggestions"]] == ["Couture d’Alpha"]
    urls = {one["url"] for one in offered("cout", host="localhost")["suggestions"]}
    assert {url.split("/")[2] for url in urls} == {"alpha.localhost", "beta.localhost"}


def test_what_is_over_or_withdrawn_is_not_offered(alpha, offered):
    past = timezone.now() - timedelta(days=3)
    make_document(alpha, "Couture d’hier", last_date=past)
    make_document(alpha, "Couture retirée", is_withdrawn=True)
    assert offered("cout")["suggestions"] == []


def test_the_api_offers_the_same_with_whole_addresses(alpha, client):
    make_document(alpha, "Couture")
    response = client.get(
        "/api/v1/search/suggestions/", {"q": "cout"}, headers={"host": "alpha.localhost"}
    )
    assert response["Access-Control-Allow-Origin"] == "*"
    [one] = response.json()["suggestions"]
    assert one["title"] == "Couture" and one["url"].endswith("/page-0/")


def test_it_takes_few_queries_however_many_there_are(alpha, offered):
    counts = []
    for number in (1, 30):
        make_documents(alpha, [{"title": f"Couture {n}"} for n in range(number)])
        offered("cout")
        with CaptureQueriesContext(connection) as captured:
            offered("cout")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 9, counts
