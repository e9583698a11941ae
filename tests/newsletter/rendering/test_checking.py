"""What is wrong with a letter is said before it leaves, without asking the network."""

import socket

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from factories import home_of, make_content_page, make_portal, make_territory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction

from newsletter.rendering.checking import faults_of, review_of
from newsletter.rendering.destinations import Destination, destinations_of
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
BASE = "http://alpha.localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("A letter asks nobody anything while it is checked.")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def told(territory, make_letter):
    """The faults of a letter made of these words, as sentences."""

    def read(html, **fields):
        body = [("text", {"text": html})]
        return [str(fault) for fault in faults_of(make_letter(territory, body=body, **fields))]

    return read


def picture(alt):
    image = get_image_model().objects.create(title="Photo", file=get_test_image_file())
    return ("image", {"image": image, "alt": alt, "caption": ""})


class TestWhole:
    def test_a_sound_letter_has_no_fault(self, territory, make_letter):
        make_content_page(territory, title="Les relais", slug="les-relais")
        text = (
            '<p><a href="/les-relais/">Les relais</a> <a href="/lettres/">Les lettres</a>'
            f' <a href="{BASE}/">Accueil</a> <a href="/les-relais">sans barre</a>'
            ' <a href="https://exemple.org/x?y=1#z">Ailleurs</a>'
            ' <a href="mailto:nadia@example.org?subject=Forum">Nadia</a>'
            ' <a href="tel:+33536491200">05 36 49 12 00</a></p>'
        )
        body = [("text", {"text": text}), picture("La place un jour de marché")]
        review = review_of(make_letter(territory, body=body))
        assert review.faults == [] and not review.is_blocked
        assert [link.address for link in review.outside] == ["https://exemple.org/x?y=1#z"]

    def test_an_empty_letter_does_not_leave(self, territory, make_letter):
        [fault] = faults_of(make_letter(territory))
        assert fault.is_blocking and "La lettre est vide" in str(fault)
        body = [("greeting", {"name": "Nour"})]
        closed = make_letter(territory, "Fermée", body=body)
        switch_off(territory=territory, plugin="sample_plugin")
        [fault] = faults_of(type(closed).objects.get(pk=closed.pk))
        assert fault.is_blocking and "La lettre est vide" in str(fault)

    def test_a_block_with_nothing_to_show_is_looked_at(self, territory, make_letter):
        body = [("text", {"text": "<p>Bonjour</p>"}), ("page_list", {"title": "", "pages": []})]
        [fault] = faults_of(make_letter(territory, body=body))
        assert not fault.is_blocking and str(fault).startswith("Bloc n° 2, « ")

    def test_a_letter_without_subject_nor_title_does_not_leave(self, territory, make_letter):
        letter = make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})])
        letter.title = " "
        assert ["objet" in str(fault) for fault in faults_of(letter)] == [True]

    def test_a_heavy_letter_does_not_leave(self, told):
        [sentence] = told("<p>" + "Une phrase qui ne finit pas. " * 4000 + "</p>")
        assert "ko" in sentence and "100" in sentence

    def test_a_letter_that_cannot_be_laid_out_does_not_leave(self, territory, make_letter):
        [fault] = faults_of(make_letter(territory, body=[("text", {"text": "<p>ouvert <b"})]))
        assert fault.is_blocking and "bloc n° 1, « Texte »" in str(fault)

    def test_a_button_whose_page_is_gone_is_looked_at(self, territory, make_letter):
        page = make_content_page(territory, title="Les relais", published=False)
        body = [("text", {"text": "<p>Bonjour</p>"})]
        [fault] = faults_of(make_letter(territory, body=body, button_page=page))
        assert not fault.is_blocking and "bouton" in str(fault)

    def test_what_blocks_comes_first(self, territory, make_letter):
        body = [
            ("text", {"text": '<p><a href="http://exemple.org/">Un site</a></p>'}),
            picture(""),
        ]
        assert [fault.is_blocking for fault in faults_of(make_letter(territory, body=body))] == [
            True,
            False,
        ]

    def test_sentences_are_in_the_language_of_who_writes(self, territory, make_letter):
        letter = make_letter(territory, body=[picture("")])
        arabic = letter.copy_for_translation(Locale.objects.get(language_code="ar"))
        arabic.title, arabic.live = "رسالة", True
        arabic.save()
        with translation.override("fr"):
            assert str(faults_of(arabic)[0]).startswith("Bloc n° 1, « Image » : l’image n’a pas")


class TestPictures:
    def test_a_picture_without_words_does_not_leave(self, territory, make_letter):
        [fault] = faults_of(make_letter(territory, body=[picture("")]))
        assert fault.is_blocking and "texte de remplacement" in str(fault)

    @pytest.mark.parametrize(
        "alt", ["IMG_2041.jpg", "IMG-2041", "place abbal.PNG", "photo", "DSC01"]
    )
    def test_the_name_of_a_file_says_nothing_of_a_picture(self, territory, make_letter, alt):
        [fault] = faults_of(make_letter(territory, body=[picture(alt)]))
        assert not fault.is_blocking and alt in str(fault)

    @pytest.mark.parametrize("alt", ["Photo de Nadia", "Capture d’un écran de la carte"])
    def test_words_that_begin_like_a_file_are_words(self, territory, make_letter, alt):
        assert faults_of(make_letter(territory, body=[picture(alt)])) == []


class TestLinks:
    @pytest.mark.parametrize(
        ("written", "words"),
        [
            ('href=""', "ne mène nulle part"),
            ('href="#"', "ne mène nulle part"),
            ("", "ne mène nulle part"),
            ('href="http://["', "mal écrite"),
            ('href="javascript:alert(1)"', "mal écrite"),
            ('href="https://"', "mal écrite"),
            ('href="https://exemple"', "mal écrite"),
            ('href="mailto:nadia"', "mal écrite"),
            ('href="tel:nadia"', "mal écrite"),
            ('href="www.exemple.org"', "n’existe pas"),
            ('href="/nulle-part/"', "n’existe pas"),
            ('href="/agenda/%00/"', "n’existe pas"),
            ('href="http://localhost:8000/x/"', "n’existe pas"),
            ('href="http://localhost/admin/pages/3/edit/"', "administration"),
            ('href="http://127.0.0.1:8000/"', "que sur votre ordinateur"),
            ('href="http://serveur.local/"', "que sur votre ordinateur"),
            ('href="#programme"', "endroit de la lettre"),
            ('href="/documents/9999/plan.pdf"', "n’existe pas"),
        ],
    )
    def test_a_link_that_leads_nowhere_does_not_leave(self, territory, make_letter, written, words):
        make_portal()
        body = [("text", {"text": f"<p><a {written}>Le programme</a></p>"})]
        [fault] = faults_of(make_letter(territory, body=body))
        assert fault.is_blocking and words in str(fault) and "« Le programme »" in str(fault)
        assert str(fault).startswith("Bloc n° 1, « Texte » : le lien")

    def test_a_link_to_a_page_deleted_since_is_seen(self, territory, told):
        page = make_content_page(territory)
        key = page.pk
        page.delete()
        [sentence] = told(f'<p><a linktype="page" id="{key}">Le programme</a></p>')
        assert "ne mène nulle part" in sentence

    def test_a_page_that_is_no_longer_online_is_seen_and_a_private_one_is_told(
        self, territory, told
    ):
        page = make_content_page(territory, slug="relais")
        link = f'<p><a linktype="page" id="{page.pk}">Les relais</a></p>'
        assert told(link) == []
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        [sentence] = told(link, title="Deux")
        assert "réservée aux professionnels" in sentence
        page.unpublish()
        [sentence] = told(link, title="Trois")
        assert "n’est pas en ligne" in sentence

    def test_pages_of_another_territory_and_of_the_portal_are_known(self, told):
        make_portal()
        beta = make_territory("beta")
        make_content_page(beta, slug="relais")
        assert (
            told(
                '<p><a href="http://beta.localhost/relais/">Beta</a>'
                ' <a href="http://localhost/">Le portail</a></p>'
            )
            == []
        )
        [sentence] = told('<p><a href="http://beta.localhost/rien/">B</a></p>', title="Deux")
        assert "n’existe pas" in sentence
        beta.archived_on = timezone.localdate()
        beta.save()
        [sentence] = told('<p><a href="http://beta.localhost/relais/">B</a></p>', title="Trois")
        assert "n’est pas en ligne" in sentence

    def test_a_closed_plugin_leads_nowhere(self, told):
        make_territory("beta")
        link = '<p><a href="http://beta.localhost/lettres/">Leurs lettres</a></p>'
        assert told(link) == []
        from territories.models import Territory

        switch_off(territory=Territory.objects.get(slug="beta"), plugin="newsletter")
        [sentence] = told(link, title="Deux")
        assert "n’est pas ouverte" in sentence

    def test_an_untranslated_page_is_read_in_french(self, territory, told):
        make_content_page(territory, slug="relais")
        assert told('<p><a href="/en/relais/">Relays</a></p>') == []
        [sentence] = told('<p><a href="/en/nowhere/">Relays</a></p>', title="Deux")
        assert "n’existe pas" in sentence

    def test_a_link_that_anybody_can_read_on_the_way_is_looked_at(self, territory, make_letter):
        body = [("text", {"text": '<p><a href="http://exemple.org/">Un site</a></p>'})]
        review = review_of(make_letter(territory, body=body))
        assert [fault.is_blocking for fault in review.faults] == [False]
        assert "https:" in str(review.faults[0]) and len(review.outside) == 1

    def test_a_link_without_words_does_not_leave(self, told):
        [sentence] = told('<p><a href="https://exemple.org/"> </a></p>')
        assert "pas de mots" in sentence

    def test_a_document_that_is_there_is_found(self, territory, told):
        document = get_document_model().objects.create(title="Plan", file="plan.pdf")
        assert told(f'<p><a linktype="document" id="{document.pk}">Le plan</a></p>') == []

    def test_the_letter_leads_to_itself_before_it_is_published(self, territory, make_letter):
        letter = make_letter(territory, published=False)
        text = f'<p><a href="{BASE}/lettres/{letter.slug}/">Cette lettre</a></p>'
        letter.body = [("text", {"text": text})]
        assert faults_of(letter) == []


def test_a_hundred_links_cost_no_more_than_one(territory, make_letter):
    def queries(number):
        links = "".join(f'<a href="/page-{one}/">Page {one}</a> ' for one in range(number))
        letter = make_letter(territory, f"{number}", body=[("text", {"text": f"<p>{links}</p>"})])
        letter = type(letter).objects.get(pk=letter.pk)
        with CaptureQueriesContext(connection) as captured:
            assert len(faults_of(letter)) == number
        return len(captured)

    queries(1)
    assert queries(2) == queries(100) <= 15


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    path=st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            ["http://", "alpha.localhost", "/", "en", "..", "%2f", "?", "#", "@", ":", "["]
        )
    ).map("".join)
)
def test_no_address_breaks_the_check(territory, path):
    for address in (path, f"{BASE}/{path}"):
        assert isinstance(destinations_of([address])[address], Destination)


def test_homes_are_found_in_every_language(territory):
    assert home_of(territory).live
    found = destinations_of([f"{BASE}/", f"{BASE}", f"{BASE}/en/", f"{BASE}/ar/?x=1"])
    assert set(found.values()) == {Destination.FINE}
