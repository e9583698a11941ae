from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_territory

from portal.search.highlighting import excerpt, highlight
from portal.search.models import SearchDocument
from portal.search.wording.question import wording
from territories.models import Term, Territory
from tests.portal.search.documents import make_document, make_documents

pytestmark = pytest.mark.django_db

LIT = {"text": "Label Cité de l’emploi", "icon": "label", "kind": "label", "url": ""}


@pytest.fixture
def read(client):
    def get(host: str = "alpha.localhost", address: str = "/recherche/", **parameters) -> str:
        response = client.get(address, parameters, headers={"host": host})
        assert response.status_code == 200
        assert not response.cookies
        return response.content.decode()

    return get


class TestAnswers:
    def test_one_list_holds_all_kinds_with_what_one_wants_to_know(self, alpha, read):
        soon = timezone.now() + timedelta(days=2)
        make_document(
            alpha,
            "Mon permis : qui peut payer ?",
            kind="notice",
            summary="Une heure pour savoir.",
            place="Mission locale, Lormont",
            next_date=soon,
            last_date=soon,
            is_free=True,
            marks=["labelled"],
            badges=[LIT],
        )
        make_document(alpha, "Le permis", path="/guide/permis/")
        html = read(q="permis")
        assert "<b>2 réponses</b>" in html
        assert '<a href="/guide/permis/">Le <mark>permis</mark></a>' in html
        for said in (
            "Annonces",
            '<p class="meta">Page</p>',
            "Mission locale, Lormont",
            "Label Cité de l’emploi",
        ):
            assert said in html
        assert 'class="date lit"' in html and "Gratuit" in html

    def test_who_asks_what_takes_place_some_day_is_shown_what_does(self, alpha, read):
        today = timezone.localdate(timezone=alpha.zone)
        make_document(alpha, "Le forum", kind="event", days=[today.isoformat()])
        make_document(alpha, "Que faire aujourd’hui ?")
        html = read(q="Que faire aujourd’hui ?")
        assert "<b>1 réponse</b> pour «\xa0Que faire aujourd’hui" in html
        assert "Voici ce qui a lieu aujourd’hui." in html and "Le forum" in html
        assert 'value="Que faire aujourd’hui ?"' in html
        chosen = read(q="Que faire aujourd’hui ?", periode="mois-prochain")
        assert "Le forum" not in chosen and "Voici ce qui a lieu" not in chosen

    def test_where_nothing_takes_place_it_leads_to_what_comes_later(self, alpha, read):
        later = timezone.localdate(timezone=alpha.zone) + timedelta(days=20)
        make_document(alpha, "Le forum", kind="event", days=[later.isoformat()])
        html = read(q="aujourd’hui")
        assert "Rien pour «\xa0aujourd’hui" in html
        assert 'href="?periode=30-jours"' in html
        assert "Voir 1 rendez-vous dans les 30 prochains jours" in html

    def test_the_portal_says_whose_it_is_and_leads_there(self, alpha, beta, read):
        make_document(alpha, "Permis", path="/permis/")
        make_document(beta, "Permis", path="/permis/")
        html = read("localhost", q="permis")
        for slug in ("alpha", "beta"):
            assert f'href="http://{slug}.localhost/permis/"' in html
            assert f", {slug.title()}</p>" in html

    def test_a_stranger_territory_is_never_shown(self, alpha, beta, read):
        make_document(beta, "Permis secret")
        for parameters in ({"q": "permis"}, {"q": ""}, {"kind": "page"}, {"q": "secre"}):
            assert "Permis secret" not in read(**parameters)

    def test_what_was_typed_or_written_is_never_markup(self, alpha, read):
        make_document(
            alpha,
            "Permis <script>alert(1)</script>",
            summary="<b>permis</b> & voiture",
            place="<i>ici</i>",
        )
        html = read(q='permis "><script>alert(2)</script>')
        assert "<script>alert" not in html and "<b><mark>" not in html and "<i>ici" not in html
        assert "&lt;b&gt;<mark>permis</mark>&lt;/b&gt; &amp; voiture" in html

    def test_hours_are_those_of_the_territory(self, alpha, read):
        Territory.objects.filter(pk=alpha.pk).update(time_zone="Indian/Reunion")
        tomorrow = datetime.now(UTC).replace(hour=10, minute=30, second=0) + timedelta(days=1)
        make_document(alpha, "Permis", next_date=tomorrow, last_date=tomorrow)
        assert "14 h 30" in read(q="permis").replace("\u00a0", " ")

    def test_the_past_is_shown_when_asked_for_and_says_so(self, alpha, read):
        make_document(alpha, "Permis d’hier", last_date=timezone.now() - timedelta(days=1))
        assert "d’hier" not in read(q="permis")
        html = read(q="permis", passes="1")
        assert "d’hier" in html and "Passé :" in html.replace("\u00a0", " ")

    def test_a_part_of_the_words_is_said_to_be_a_part(self, alpha, read):
        make_document(alpha, "Permis")
        assert "Rien ne contient tous vos mots" in read(q="permis enfants")
        assert "Rien ne contient tous vos mots" not in read(q="permis")


class TestNarrowing:
    def test_kinds_are_offered_with_their_counts(self, alpha, read):
        make_documents(alpha, [{"title": "Permis", "kind": "notice"}] * 3)
        make_document(alpha, "Permis page")
        html = read(q="permis", kind="page")
        assert 'value="page" checked' in html and 'value="notice">' in html
        assert "Permis page" in html.replace("<mark>", "").replace("</mark>", "")
        assert "<b>1 réponse</b>" in html and "(3 réponses)" in html

    def test_a_theme_narrows_and_may_be_taken_away(self, alpha, read):
        Term.objects.update_or_create(
            kind="theme-category", code="mobilite", defaults={"resident_label": "Me déplacer"}
        )
        make_document(alpha, "Permis", themes=["mobilite--permis"])
        make_document(alpha, "Enfants", themes=["famille--garde"])
        html = read(theme="mobilite", q="")
        assert "Permis" in html and "Enfants" not in html
        assert "Me déplacer" in html and 'href="?q="' in html

    @pytest.mark.parametrize(
        "nonsense",
        [
            {"page": "abc"},
            {"page": "-1"},
            {"page": "9" * 5000},
            {"kind": "licorne"},
            {"kind": ["page", "\0", "page"]},
            {"theme": "\0"},
            {"theme": "x" * 5000},
            {"theme": '"]'},
            {"passes": "peut-être"},
            {"q": ["un", "permis"]},
        ],
    )
    def test_nonsense_is_ignored(self, alpha, read, nonsense):
        make_document(alpha, "Permis")
        assert "Permis" in read(**nonsense).replace("<mark>", "").replace("</mark>", "")

    def test_pages_follow_one_another_and_keep_the_question(self, alpha, read):
        make_documents(alpha, [{"title": f"Permis {number:02}"} for number in range(45)])
        assert "q=permis&amp;page=2" in read(q="permis")
        last = read(q="permis", page="3")
        assert last.count('<li class="item"') == 5
        assert read(q="permis", page="99").count('<li class="item"') == 5


class TestTypingErrors:
    def test_what_was_meant_is_found_and_said(self, alpha, read):
        make_document(alpha, "Séance sur le permis")
        html = read(q="prmis de sceance").replace("\u00a0", " ")
        assert "1 réponse" in html and "Voici ce qui répond à « permis de séance »." in html

    def test_nothing_is_said_of_what_was_typed_well(self, alpha, read):
        make_document(alpha, "Passer le permis")
        assert "n’est écrit nulle part" not in read(q="permis")


class TestNothingFound:
    def test_somebody_may_be_rung(self, alpha, read):
        Territory.objects.filter(pk=alpha.pk).update(contact_phone="05 36 49 12 00")
        make_document(alpha, "Passer le permis")
        html = read(q="xylophone").replace("\u00a0", " ")
        assert "Rien pour « xylophone »." in html
        assert "tel:+33536491200" in html and "on vous répond" in html

    def test_an_empty_territory_has_a_page_too(self, alpha, read):
        assert "Rien ici pour le moment" in read()


class TestHighlighting:
    @pytest.mark.parametrize(
        ("text", "question", "expected"),
        [
            ("L’école", "ecole", "L’<mark>école</mark>"),
            ("Nos ateliers", "atelier", "Nos <mark>ateliers</mark>"),
            ("auto-école", "l’école", "auto-<mark>école</mark>"),
            ("a < b", "rien", "a &lt; b"),
            ("<permis>", "permis", "&lt;<mark>permis</mark>&gt;"),
            ("sans question", "", "sans question"),
        ],
    )
    def test_only_the_words_that_answer_are_marked(self, text, question, expected):
        assert highlight(text, wording(question)) == expected

    def test_a_passage_of_the_text_is_shown_when_only_it_answers(self):
        body = "Un début. " * 40 + "Nous payons le permis. " + "Une fin. " * 40
        document = SearchDocument(title="Aide", summary="Un résumé.", body=body)
        passage = excerpt(document, wording("permis"))
        assert passage.startswith("Nous payons le permis.") and passage.endswith(" …")
        assert len(passage) < 250
        document.body = "sans point " * 40 + "le permis " + "ni fin " * 40
        passage = excerpt(document, wording("permis"))
        assert passage.startswith("… ") and "le permis" in passage

    @pytest.mark.parametrize("question", ["résumé", "aide", "", "ailleurs"])
    def test_the_summary_is_shown_when_it_or_the_title_answers(self, question):
        document = SearchDocument(title="Aide", summary="Un résumé.", body="Aide. Résumé.")
        assert excerpt(document, wording(question)) == "Un résumé."


class TestBudget:
    def queries(self, client, address: str, host: str) -> int:
        client.get(address, headers={"host": host})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers={"host": host}).status_code == 200
        return len(captured)

    def test_it_costs_the_same_among_many_documents_and_territories(self, client):
        territory = make_territory("alpha", plugins=["sample_plugin"])
        row = {"title": "Permis", "themes": ["mobilite--permis"], "publics": ["jeunes"]}
        row |= {"latitude": 43.6, "longitude": 1.44}
        make_documents(territory, [row] * 5)
        addresses = [
            (address, host)
            for address in (
                "/recherche/?q=permis",
                "/recherche/",
                "/en/recherche/?q=permis&kind=page",
                "/api/v1/search/?q=permis",
                "/api/v1/search/?q=permis&lang=en&theme=mobilite&pres=43.6,1.44&per_page=60",
            )
            for host in ("alpha.localhost", "localhost")
        ]
        few = {place: self.queries(client, *place) for place in addresses}
        make_documents(territory, [row] * 495)
        for number in range(27):
            other = make_territory(f"autre-{number}", plugins=["sample_plugin"])
            make_documents(other, [row])
        many = {place: self.queries(client, *place) for place in addresses}
        assert many == few
        assert max(many.values()) <= 15, many
