"""The guide, the map and the sheets, as a resident reads them."""

import pytest
from directory_factories import guide_of, make_actor, make_service, map_of
from factories import make_territory
from wagtail.models import Locale, PageViewRestriction

from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db

PERMIT = "mobilite--preparer-un-permis"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


@pytest.fixture
def beta(alpha):
    return make_territory("beta", plugins=["resources_directory"])


def read(client, address, host="alpha.localhost", status=200):
    answer = client.get(address, headers={"host": host})
    assert answer.status_code == status, answer.content[:2000]
    return answer.content.decode().replace("\u00a0", " ")


class TestGuide:
    def test_it_lists_the_territorys_services_under_their_needs(self, client, alpha, beta):
        make_service(alpha, "Permis solidaire", themes=[PERMIT])
        make_service(alpha, "Atelier CV", themes=[CV])
        make_service(beta, "Permis de Beta", themes=[PERMIT])
        page = read(client, "/guide/")
        assert "Permis solidaire" in page
        assert "Permis de Beta" not in page
        assert "Passer le permis, me déplacer" in page
        assert page.index("Atelier CV") < page.index("Permis solidaire")  # order of the needs

    def test_a_need_narrows_it(self, client, alpha):
        make_service(alpha, "Permis solidaire", themes=[PERMIT])
        make_service(alpha, "Atelier CV", themes=[CV])
        page = read(client, "/guide/?theme=mobilite")
        assert "Permis solidaire" in page
        assert "Atelier CV" not in page
        assert "<b>1 aide</b>" in page

    def test_a_service_with_two_themes_of_one_need_counts_once(self, client, alpha):
        make_service(alpha, themes=[PERMIT, "mobilite--acceder-a-un-vehicule"])
        assert read(client, "/guide/?theme=mobilite").count(">Permis solidaire</a>") == 1

    def test_public_price_and_kind_narrow_it(self, client, alpha):
        make_service(alpha, "Pour les jeunes", publics=["jeunes"], fees="gratuit", type="atelier")
        make_service(alpha, "Pour les aînés", publics=["seniors"], fees="payant", type="formation")
        for query in ("public=jeunes", "prix=gratuit", "type=atelier"):
            page = read(client, f"/guide/?{query}")
            assert "Pour les jeunes" in page
            assert "Pour les aînés" not in page

    def test_drafts_and_private_services_stay_out(self, client, alpha):
        make_service(alpha, "Brouillon", published=False)
        private = make_service(alpha, "Entre nous")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        page = read(client, "/guide/")
        assert "Brouillon" not in page
        assert "Entre nous" not in page

    def test_the_name_of_a_draft_actor_does_not_show(self, client, alpha):
        actor = make_actor(alpha, "Actrice en préparation", published=False)
        service = make_service(alpha, actor=actor)
        assert "Actrice en préparation" not in read(client, "/guide/")
        assert "Actrice en préparation" not in read(client, f"/guide/{service.slug}/")

    def test_the_portal_lists_every_territory_and_names_it(self, client, alpha, beta):
        make_service(alpha, "Permis d’Alpha")
        make_service(beta, "Permis de Beta")
        page = read(client, "/guide/", host="localhost")
        assert "Permis d’Alpha" in page
        assert "Permis de Beta" in page
        assert "<br>Beta</p>" in page
        assert "http://beta.localhost/guide/permis-de-beta/" in page

    def test_an_english_reader_gets_the_french_text_said_to_be_french(self, client, alpha):
        make_service(alpha, "Permis solidaire")
        page = read(client, "/en/guide/")
        title = '<bdi lang="fr">Permis solidaire</bdi>'
        assert f'<a href="/en/guide/permis-solidaire/">{title}</a>' in page
        assert 'lang="fr"' in read(client, "/en/guide/permis-solidaire/")

    def test_an_english_reader_gets_the_translation_when_there_is_one(self, client, alpha):
        service = make_service(alpha, "Permis solidaire", fees="gratuit")
        english = service.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title, english.slug = "Learn to drive", "learn-to-drive"
        english.save_revision().publish()
        # A fact changed in French afterwards is true in English at once.
        service.fees = "payant"
        service.save_revision().publish()
        page = read(client, "/en/guide/")
        assert "Learn to drive" in page
        assert "Permis solidaire" not in page
        assert "Gratuit" not in read(client, "/en/guide/learn-to-drive/")


class TestServiceSheet:
    def test_it_says_who_to_ring_what_it_costs_and_what_to_bring(self, client, alpha):
        actor = make_actor(alpha, "Auto-école du Lot", phone="05 61 00 00 00")
        make_service(
            alpha,
            "Permis solidaire",
            actor=actor,
            fees="payant",
            fees_details="60 € en tout",
            to_bring="Une pièce d’identité\nUn justificatif",
            mobilisation_modes=["telephoner"],
            mobilisable_by=["usagers"],
            opening_hours="Mo-Fr 09:00-12:30; PH off",
            weekly_hours="3.50",
            weeks=8,
            publics=["jeunes"],
        )
        make_service(alpha, "Code en groupe", actor=actor)
        page = read(client, "/guide/permis-solidaire/")
        for words in (
            "Auto-école du Lot",
            "tel:+33561000000",
            "60 € en tout",
            "<span>Un justificatif</span>",
            "Téléphoner",
            "Lundi",
            "9 h à 12 h 30",
            "3,5 h par semaine",
            "8 semaines",
            "Jeunes",
            "Code en groupe",
            "1 place du Capitole",
            "Dernière confirmation",
        ):
            assert words in page, words

    def test_it_falls_back_to_the_address_of_its_actor(self, client, alpha):
        service = make_service(alpha, actor=make_actor(alpha, address="8 rue du Lot"))
        assert "8 rue du Lot" in read(client, "/guide/permis-solidaire/")
        service.address, service.commune = "3 allée Neuve", "Blagnac"
        service.save_revision().publish()
        page = read(client, "/guide/permis-solidaire/")
        assert "3 allée Neuve" in page
        assert "8 rue du Lot" not in page

    @pytest.mark.parametrize("prefix", ["", "/en", "/ar"])
    def test_what_was_typed_is_escaped_once_in_every_language(self, client, alpha, prefix):
        typed = "R&D <b>seulement</b>"
        make_service(
            alpha, "Permis", publics=["jeunes"], publics_details=typed, access_conditions=typed
        )
        facts = read(client, f"{prefix}/guide/permis/").partition('<dl class="facts">')[2]
        facts = facts.partition("</dl>")[0]
        assert facts.count("R&amp;D &lt;b&gt;seulement&lt;/b&gt;") == 2
        assert facts.count('<bdi lang="fr">R&amp;D') == (2 if prefix else 0)

    def test_an_old_sheet_says_to_ring_first(self, client, alpha):
        make_service(alpha, confirmed_on="2020-01-01")
        assert "Appelez avant de venir" in read(client, "/guide/permis-solidaire/")


class TestMap:
    def test_the_list_and_the_map_say_the_same(self, client, alpha, beta):
        make_actor(alpha, "Centre social", category=None)
        make_actor(alpha, "Sans adresse", latitude=None, longitude=None)
        make_actor(alpha, "Brouillon", published=False)
        make_actor(beta, "Chez Beta")
        page = read(client, "/carte/")
        assert "Centre social" in page
        assert "Sans adresse" in page
        assert "Brouillon" not in page
        assert "Chez Beta" not in page
        assert 'data-geojson="/carte/acteurs.geojson"' in page

    def test_it_is_narrowed_by_the_needs_that_its_services_answer(self, client, alpha):
        driving = make_actor(alpha, "Auto-école")
        make_service(alpha, actor=driving, themes=[PERMIT])
        make_actor(alpha, "Médiathèque")
        page = read(client, "/carte/?theme=mobilite")
        assert ">Auto-école</a>" in page
        assert ">Médiathèque</a>" not in page
        assert 'data-geojson="/carte/acteurs.geojson?theme=mobilite"' in page

    def test_a_need_of_draft_services_only_is_not_offered(self, client, alpha):
        make_service(alpha, themes=[PERMIT], published=False)
        assert 'name="theme"' not in read(client, "/carte/")

    def test_the_portals_map_shows_every_territory(self, client, alpha, beta):
        make_actor(alpha, "Chez Alpha")
        make_actor(beta, "Chez Beta")
        page = read(client, "/carte/", host="localhost")
        assert "Chez Alpha" in page
        assert "Chez Beta" in page

    def test_the_sheet_of_an_actor_lists_its_services(self, client, alpha):
        actor = make_actor(
            alpha, "Centre social", languages_spoken=["fr", "ar"], networks=["mission-locale"]
        )
        make_service(alpha, "Permis solidaire", actor=actor)
        make_service(alpha, "Brouillon", actor=actor, published=False)
        page = read(client, "/carte/centre-social/")
        assert "Permis solidaire" in page
        assert "Brouillon" not in page
        assert "Français, arabe" in page


def test_the_home_page_offers_the_needs_that_have_services(client, alpha):
    assert "De quoi avez-vous besoin" not in read(client, "/")
    make_service(alpha, themes=[PERMIT])
    page = read(client, "/")
    assert "De quoi avez-vous besoin" in page
    assert 'href="/guide/?theme=mobilite"' in page
    assert "Faire mon CV" not in page


def test_switched_off_it_answers_404_and_leaves_the_home_page(client, alpha):
    make_service(alpha, themes=[PERMIT])
    switch_off(territory=alpha, plugin="resources_directory")
    for address in (
        "/guide/",
        "/guide/permis-solidaire/",
        "/carte/",
        "/carte/centre-social/",
        "/carte/acteurs.geojson",
        "/en/carte/acteurs.geojson",
        "/open-data/structures.json",
    ):
        read(client, address, status=404)
    assert "De quoi avez-vous besoin" not in read(client, "/")
    assert "Permis solidaire" not in read(client, "/guide/", host="localhost")


NONSENSE = [
    "page=abc",
    "page=-1",
    "page=99999999999999999999",
    "page=%00",
    "theme=%00",
    "theme=rien",
    "theme=" + "x" * 5000,
    "public=%22%27;--",
    "prix=cher&type=%F0%9F%92%A5",
    "reseau=%00&reseau=mission-locale",
    "&".join(["theme=mobilite"] * 500),
    "inconnu=1&du=2026-99-99",
]


@pytest.mark.parametrize("address", ["/guide/", "/carte/", "/carte/acteurs.geojson"])
def test_nonsense_in_the_address_is_ignored(client, alpha, address):
    make_service(alpha, themes=[PERMIT])
    for query in NONSENSE:
        read(client, f"{address}?{query}")


def test_the_addresses_of_the_guide_and_of_the_map_are_locked(alpha):
    for page in (guide_of(alpha), map_of(alpha)):
        form_class = page.get_edit_handler().get_form_class()
        assert "slug" not in form_class.base_fields
        assert not type(page).can_create_at(page.get_parent())
