"""A question that nothing answers is no dead end."""

import pytest
from directory_factories import make_service
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from factories import make_territory

from portal.search.models import SearchDocument
from portal.search.nothing.needs import families_spoken_of
from portal.search.nothing.words import words_like
from portal.search.queries import Asked
from portal.search.wording.question import wording
from territories.models import Territory
from tests.portal.search.documents import make_document, make_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client):
    def get(host="alpha.localhost", address="/recherche/", **parameters) -> str:
        answer = client.get(address, parameters, headers={"host": host})
        assert answer.status_code == 200
        assert not answer.cookies
        return answer.content.decode().replace("\u00a0", " ")

    return get


def main(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


class TestTheNearest:
    def test_what_filters_keep_back_with_its_number(self, alpha, read):
        make_documents(alpha, [{"title": "Permis"}] * 3)
        html = read(q="permis", kind="notice")
        assert "Voir 3 réponses, sans filtre" in html
        assert '<a class="btn" href="?q=permis">' in html
        assert "ailleurs en France" not in html

    def test_what_is_further_than_was_asked(self, alpha, read):
        make_documents(alpha, [{"title": "Permis", "latitude": 43.7, "longitude": 1.4}] * 2)
        near = {"pres": "43.57,1.40", "rayon": "5"}
        html = read(q="permis", **near)
        assert "Voir 2 réponses plus loin" in html
        assert '<a class="btn" href="?q=permis">' in html
        assert "Voir 2 réponses" in read(q="permis", kind="notice", **near)

    def test_what_others_have_on_the_portal_in_the_same_language(self, alpha, beta, read):
        make_documents(beta, [{"title": "Permis"}] * 2)
        html = read(address="/ar/recherche/", q="permis")
        assert 'href="http://localhost/ar/recherche/?q=permis"' in html
        assert "2 réponses ailleurs en France" in read(q="permis")
        for hidden in ({"on_portal": False}, {"is_withdrawn": True}):
            SearchDocument.objects.update(on_portal=True, is_withdrawn=False)
            SearchDocument.objects.update(**hidden)
            assert "ailleurs en France" not in read(q="permis")

    def test_nothing_of_another_territory_but_a_number(self, alpha, beta, read):
        make_document(beta, "Permis secret", summary="Une chose de Beta")
        html = main(read(q="permis"))
        assert "secret" not in html and "Beta" not in html

    def test_a_part_of_the_words_is_shown_rather(self, alpha, read):
        make_document(alpha, "Permis")
        html = read(q="permis xylophone")
        assert "Rien ne contient tous vos mots" in html and "Rien pour" not in html

    def test_there_is_always_all_the_rest(self, alpha, read):
        for host in ("alpha.localhost", "localhost"):
            html = main(read(host, q="xylophone"))
            assert "Rien pour « xylophone »." in html
            assert '<a class="btn" href="/recherche/">Tout voir</a>' in html


class TestOtherWords:
    def test_words_that_answer_here_and_look_like_it(self, alpha, read):
        make_document(alpha, "Atelier d’informatique")
        html = read(q="imfrmatiqe")
        assert "Vouliez-vous dire" in html
        assert 'href="?q=informatique">' in html

    def test_a_word_that_finds_nothing_here_is_not_offered(self, alpha, beta, read):
        make_document(beta, "Atelier d’informatique")
        assert "Vouliez-vous dire" not in read(q="imfrmatiqe")

    @pytest.mark.parametrize("question", ["zzzz", "informatique", "", "12345678", "نننننننن"])
    def test_nothing_is_made_up(self, alpha, question):
        make_document(alpha, "Atelier d’informatique")
        assert words_like(Asked(question, alpha)) == []

    def test_nor_markup(self, alpha, read):
        assert "<script>alert" not in read(q="<script>alert(1)</script>")


class TestTheGuide:
    @pytest.mark.parametrize(
        ("question", "language", "family"),
        [
            ("passer le permis moto", "fr", "mobilite"),
            ("faire garder mes jumeaux", "fr", "famille"),
            ("nounou", "fr", "famille"),
            ("boulot pour astronaute", "fr", "trouver-un-emploi"),
            ("un logement avec piscine", "fr", "logement-hebergement"),
            ("driving licence", "en", "mobilite"),
        ],
    )
    def test_the_need_that_the_words_speak_of(self, question, language, family):
        with override(language):
            assert family in families_spoken_of(wording(question, language))

    @pytest.mark.parametrize("question", ["xylophone", "zzzz", "?", ""])
    def test_no_need_is_recognised_where_there_is_none(self, question):
        assert families_spoken_of(wording(question)) == []

    def test_it_leads_to_the_page_of_the_need_else_to_all_of_them(self, read):
        territory = make_territory("alpha", plugins=["resources_directory"])
        for theme in ("mobilite--acceder-a-un-vehicule", "sante--acces-aux-soins"):
            make_service(territory, f"Aide {theme[:4]}", themes=[theme])
        SearchDocument.objects.all().delete()
        html = main(read(q="permis moto"))
        assert "Le guide en parle" in html and 'href="/guide/?theme=mobilite"' in html
        assert "theme=sante" not in html
        html = main(read(q="xylophone"))
        assert "Ou choisissez un besoin" in html
        assert "theme=mobilite" in html and "theme=sante" in html
        english = main(read(address="/en/recherche/", q="xylophone"))
        assert 'href="/en/guide/?theme=sante"' in english

    def test_a_closed_guide_is_not_spoken_of(self, alpha, read):
        assert "/guide/" not in main(read(q="permis"))


class TestSomebody:
    def test_the_telephone_of_the_territory_with_its_hours(self, alpha, read):
        Territory.objects.filter(pk=alpha.pk).update(
            contact_phone="05 36 49 12 00", contact_hours="Du lundi au jeudi"
        )
        html = main(read(q="xylophone"))
        assert 'href="tel:+33536491200"' in html and "Du lundi au jeudi" in html
        arabic = main(read(address="/ar/recherche/", q="xylophone"))
        assert '<bdi lang="fr">Du lundi au jeudi<' in arabic

    def test_or_a_letter(self, alpha, read):
        html = main(read(q="xylophone"))
        assert "tel:" not in html and "Nous écrire" in html

    def test_the_portal_leads_to_the_territories(self, alpha, read):
        html = main(read("localhost", q="xylophone"))
        assert 'href="/#territoires"' in html and "Trouver la mienne" in html

    def test_nobody_is_to_be_rung_where_something_answers(self, alpha, read):
        make_document(alpha, "Permis")
        assert 'class="ring"' not in main(read(q="permis"))


def test_the_page_stays_in_its_budget(client):
    territory = make_territory("alpha", plugins=["resources_directory"])
    other = make_territory("beta", plugins=[])
    SearchDocument.objects.all().delete()
    visits = [
        ("alpha.localhost", "/recherche/?q=imfrmatiqe xylophone"),
        ("alpha.localhost", "/recherche/?q=xylophone&kind=page&theme=mobilite"),
        ("alpha.localhost", "/en/recherche/?q=piano"),
        ("localhost", "/recherche/?q=xylophone"),
    ]

    def costs() -> list[int]:
        counts = []
        for host, address in visits:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address, headers={"host": host}).status_code == 200
            counts.append(len(captured))
        return counts

    make_documents(territory, [{"title": "Informatique"}] * 50)
    make_documents(other, [{"title": "Un piano"}] * 50)
    costs()  # what a process reads once
    assert max(found := costs()) <= 15, found
