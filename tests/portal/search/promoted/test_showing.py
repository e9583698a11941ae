"""What is chosen for some words stands above the results, for whoever may find it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_content_page
from wagtail.models import PageViewRestriction

from portal.search.models import Promotion, SearchDocument
from portal.search.promoted.showing import promoted
from portal.search.queries import Asked
from territories.models import Territory
from tests.portal.search.documents import make_document, make_documents

pytestmark = pytest.mark.django_db

ADVICE = "La Cité de l’emploi vous conseille"
OUTSIDE = {
    "url": "https://www.permis.example/aide",
    "title": "Un prêt pour le permis",
    "sentence": "Un euro par jour.",
}


def promote(territory, words="permis", *pages, **fields) -> Promotion:
    names = dict(zip(("page", "second_page", "third_page"), pages, strict=False))
    return Promotion.objects.create(territory=territory, questions=words, **names, **fields)


def page_with_document(territory, title="Le guide du permis", **fields):
    page = make_content_page(territory, title)
    SearchDocument.objects.filter(translation_key=page.translation_key).delete()
    facts = {"path": f"/{page.slug}/", "page": page, "translation_key": page.translation_key}
    return page, make_document(territory, title, **{**facts, **fields})


@pytest.fixture
def read(client):
    def get(host="alpha.localhost", address="/recherche/", **parameters) -> str:
        answer = client.get(address, parameters, headers={"host": host})
        assert answer.status_code == 200
        html = answer.content.decode()
        return html.replace("<mark>", "").replace("</mark>", "").replace("\u00a0", " ")

    return get


def above(html: str) -> str:
    """The part of the page that says what was chosen."""
    return html.partition('aria-labelledby="search-promoted"')[2].partition("</section>")[0]


class TestThePage:
    def test_a_chosen_page_stands_above_and_once(self, alpha, read):
        page, _document = page_with_document(alpha)
        make_documents(alpha, [{"title": f"Permis {number}"} for number in range(3)])
        promote(alpha, "conduire\npermis", page)
        html = read(q="permis")
        assert ADVICE in html and "Le guide du permis" in above(html)
        assert html.count("Le guide du permis") == 1
        assert "<b>4 réponses</b>" in html and html.count('class="item"') == 4
        assert html.index(ADVICE) < html.index("Permis 0")

    def test_what_does_not_answer_by_itself_is_shown_all_the_same(self, alpha, read):
        page, _document = page_with_document(alpha, "Nos horaires")
        promote(alpha, "xylophone", page, **OUTSIDE)
        html = read(q="un xylophone")
        assert "Nos horaires" in above(html)
        assert "Sur un autre site : permis.example" in above(html)
        assert 'href="https://www.permis.example/aide"' in above(html)

    def test_other_words_filters_and_pages_are_left_alone(self, alpha, read):
        page, _document = page_with_document(alpha)
        make_documents(alpha, [{"title": f"Permis {number}"} for number in range(30)])
        promote(alpha, "permis", page)
        for parameters in (
            {"q": "enfants"},
            {"q": ""},
            {"q": "permis", "page": "2"},
            {"q": "permis", "kind": "page"},
        ):
            assert ADVICE not in read(**parameters)

    def test_what_was_written_is_never_markup(self, alpha, read):
        promote(alpha, **{**OUTSIDE, "title": "<b>Ici</b>", "sentence": "<script>1</script>"})
        assert "<b>Ici" not in read(q="permis") and "<script>1" not in read(q="permis")

    def test_each_language_shows_the_page_in_it_and_else_in_french(self, alpha, read):
        page, _document = page_with_document(alpha)
        key = page.translation_key
        make_document(
            alpha, "Licence guide", language="en", translation_key=key, path="/en/licence/"
        )
        promote(alpha, "permis\ndriving licence", page, **OUTSIDE)
        english = above(read(address="/en/recherche/", q="driving licences"))
        assert "Licence guide" in english and "Le guide du permis" not in english
        assert '<bdi lang="fr">Un prêt pour le permis</bdi>' in english
        arabic = above(read(address="/ar/recherche/", q="permis"))
        assert 'lang="fr"' in arabic and "Le guide du permis" in arabic
        assert above(read(q="permis")).count("Le guide du permis") == 1


class TestWhatMayBeFound:
    """Asked of the function: the page shows what it gives."""

    def ids(self, territory, text="permis", language="fr", **asked):
        return promoted(Asked(text, territory, language, **asked)).ids

    def test_not_what_is_withdrawn_over_private_expired_or_of_a_closed_plugin(self, alpha):
        page, document = page_with_document(alpha)
        promote(alpha, "permis", page)
        assert self.ids(alpha) == [document.pk]
        yesterday = timezone.now() - timedelta(days=1)
        for facts in (
            {"is_withdrawn": True},
            {"expires_at": yesterday},
            {"plugin": "sample_plugin"},
            {"last_date": yesterday},
        ):
            kept = {name: getattr(document, name) for name in facts}
            SearchDocument.objects.filter(pk=document.pk).update(**facts)
            assert self.ids(alpha) == [], facts
            SearchDocument.objects.filter(pk=document.pk).update(**kept)
        assert self.ids(alpha) == [document.pk]

    def test_a_page_made_private_unpublished_or_deleted_leaves_at_once(self, alpha):
        page, document = page_with_document(alpha)
        promotion = promote(alpha, "permis", page)
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert self.ids(alpha) == []
        restriction.delete()
        SearchDocument.objects.update(is_withdrawn=False)
        assert self.ids(alpha) == [document.pk]
        page.unpublish()
        assert self.ids(alpha) == []
        page.delete()
        assert self.ids(alpha) == []
        promotion.refresh_from_db()
        assert promotion.page is None

    def test_each_place_has_its_own(self, alpha, beta):
        page, _document = page_with_document(alpha)
        promote(alpha, "permis", page, **OUTSIDE)
        for elsewhere in (beta, None):
            assert not promoted(Asked("permis", elsewhere))
        # A page that others name by mistake or by craft is not found there either.
        promote(beta, "permis", page)
        assert not promoted(Asked("permis", beta))

    def test_the_portal_may_choose_what_it_finds(self, alpha):
        page, document = page_with_document(alpha)
        promote(None, "permis", page)
        assert self.ids(None) == [document.pk]
        assert self.ids(alpha) == []
        SearchDocument.objects.update(on_portal=False)
        assert self.ids(None) == []

    def test_three_at_most_the_closest_words_first_and_each_once(self, alpha):
        pages = [page_with_document(alpha, f"Page {number}") for number in range(4)]
        promote(alpha, "permis", *(page for page, _document in pages[:3]))
        promote(alpha, "permis jeunes", pages[3][0], pages[0][0])
        documents = [document.pk for _page, document in pages]
        assert self.ids(alpha, "permis jeunes") == [documents[3], *documents[:2]]
        promote(alpha, "payer permis jeunes", **OUTSIDE)
        found = promoted(Asked("payer permis jeunes", alpha))
        assert len(found.outside) == 1 and found.ids == [documents[3], documents[0]]


class TestDays:
    @pytest.mark.parametrize(
        ("first", "last", "is_shown"),
        [(None, None, True), (1, None, True), (2, None, False), (None, 1, True), (None, 0, False)],
    )
    def test_from_the_first_to_the_last_day(self, alpha, first, last, is_shown):
        days = [day if day is None else date(2027, 3, 10) + timedelta(days=day - 1)
                for day in (first, last)]  # fmt: skip
        promote(alpha, first_day=days[0], last_day=days[1], **OUTSIDE)
        now = datetime(2027, 3, 10, 12, tzinfo=ZoneInfo("Europe/Paris"))
        assert bool(promoted(Asked("permis", alpha, now=now))) is is_shown

    def test_a_day_begins_by_the_clock_of_the_territory(self, alpha, beta):
        Territory.objects.filter(pk=beta.pk).update(time_zone="Indian/Reunion")
        beta.refresh_from_db()
        for territory in (alpha, beta, None):
            promote(territory, first_day=date(2027, 3, 11), **OUTSIDE)
        evening = datetime(2027, 3, 10, 22, tzinfo=ZoneInfo("Europe/Paris"))
        shown = [bool(promoted(Asked("permis", one, now=evening))) for one in (alpha, beta, None)]
        assert shown == [False, True, False]


class TestTheApi:
    def test_it_says_what_is_chosen_on_the_first_page(self, alpha, client):
        page, _document = page_with_document(alpha)
        promote(alpha, "permis", page, **OUTSIDE)

        def ask(**parameters):
            headers = {"host": "alpha.localhost"}
            return client.get("/api/v1/search/", parameters, headers=headers).json()

        answer = ask(q="permis")
        assert [one["kind"] for one in answer["promoted"]] == ["page", None]
        assert answer["promoted"][0] == answer["results"][0]
        assert answer["promoted"][1]["url"] == OUTSIDE["url"]
        assert answer["count"] == len(answer["results"]) == 1
        for parameters in ({"q": "permis", "page": 2}, {"q": "enfants"}, {"q": ""}):
            assert ask(**parameters)["promoted"] == []


def test_it_costs_one_query_for_one_or_for_fifty(alpha, client):
    page, _document = page_with_document(alpha)
    make_documents(alpha, [{"title": "Permis"}] * 3)

    def queries(address="/recherche/?q=permis") -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address, headers={"host": "alpha.localhost"})
        return len(captured)

    queries()
    promotion = promote(alpha, "permis", page)
    one = queries()
    Promotion.objects.bulk_create(
        Promotion(territory=alpha, questions=f"permis {n}", page=page) for n in range(50)
    )
    assert queries() == one <= 15
    Promotion.objects.all().delete()
    assert queries() == one, "it is asked for once, found or not"
    assert promotion
    with CaptureQueriesContext(connection) as captured:
        promoted(Asked("permis", alpha))
    assert sum("portal_search_promotion" in query["sql"] for query in captured) == 1
