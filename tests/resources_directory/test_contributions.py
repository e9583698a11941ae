"""What search, letters and other pages get from the directory."""

from datetime import UTC, datetime, timedelta

import pytest
from directory_factories import TOULOUSE, make_actor, make_service
from factories import make_content_page, make_territory

from resources_directory.blocks import theme_choices
from resources_directory.models import ServicePage
from resources_directory.searchable import find_actor, find_service
from territories.blocks.mail import render_mail
from territories.models import ContentPage

pytestmark = pytest.mark.django_db

PERMIT = "mobilite--preparer-un-permis"
NOWHERE = {
    **dict.fromkeys(("address", "postcode", "commune", "insee_code"), ""),
    "latitude": None,
    "longitude": None,
}


@pytest.fixture
def alpha():
    return make_territory("alpha", plugins=["resources_directory"])


def block(name):
    return ContentPage._meta.get_field("body").stream_block.child_blocks[name]


class TestFindings:
    def test_a_service_is_found_by_the_words_of_residents_and_of_institutions(self, alpha):
        service = make_service(
            alpha,
            themes=[PERMIT],
            publics=["beneficiaires-des-minimas-sociaux"],
            fees="gratuit",
            mobilisation_modes=["envoyer-un-courriel"],
            to_bring="Une photo",
        )
        found = find_service(service, service)
        for words in (
            "Passer le permis, me déplacer",
            "Mobilité",
            "Bénéficiaires des minimas sociaux",
            "Personnes au RSA ou autre minimum social",
            "Écrire un e-mail",
            "envoyer un courriel",
            "Centre social",
        ):
            assert words in found.words, words
        assert found.summary == "On passe le code ensemble."
        assert "Une photo" in found.body
        assert (found.is_free, found.themes, found.external_id) == (True, [PERMIT], None)

    def test_a_service_is_where_its_actor_is_when_it_says_nothing(self, alpha):
        service = make_service(alpha)
        found = find_service(service, service)
        assert (found.latitude, found.longitude) == (TOULOUSE["latitude"], TOULOUSE["longitude"])
        assert found.insee_code == "31555"
        elsewhere = make_service(alpha, "Ailleurs", commune="Blagnac", insee_code="31069")
        found = find_service(elsewhere, elsewhere)
        assert (found.place, found.insee_code) == ("Blagnac", "31069")
        assert found.communes == ["31069"]
        assert found.latitude == TOULOUSE["latitude"]

    def test_the_name_and_place_of_a_draft_actor_stay_out(self, alpha):
        service = make_service(alpha, actor=make_actor(alpha, "Pas encore", published=False))
        found = find_service(service, service)
        assert "Pas encore" not in found.words
        assert (found.place, found.latitude) == ("", None)

    def test_an_actor_is_found_by_its_network_and_its_languages(self, alpha):
        actor = make_actor(
            alpha, networks=["mission-locale"], languages_spoken=["ar"], confirmed_on="2026-01-02"
        )
        found = find_actor(actor, actor)
        assert "arabe" in found.words and found.languages == ["ar"]
        assert any("ission" in word for word in found.words)
        assert found.confirmed_on.isoformat() == "2026-01-02"


class TestBlocks:
    def render(self, name, value, territory):
        page = make_content_page(territory, body=[(name, value)])
        return str(page.body.render_as_block({"page": page, "territory": territory}))

    def test_the_services_block_shows_those_of_a_theme_and_of_this_territory(self, alpha):
        beta = make_territory("beta", plugins=["resources_directory"])
        make_service(alpha, "Permis d’Alpha", themes=[PERMIT])
        make_service(alpha, "Atelier CV")
        make_service(beta, "Permis de Beta", themes=[PERMIT])
        shown = self.render("services", {"title": "", "theme": "mobilite", "count": 3}, alpha)
        assert "Permis d’Alpha" in shown
        assert "Atelier CV" not in shown
        assert "Permis de Beta" not in shown

    def test_the_actors_block_shows_at_most_what_was_asked(self, alpha):
        for number in range(4):
            make_actor(alpha, f"Acteur {number}")
        shown = self.render("actors", {"title": "", "count": 2}, alpha)
        assert shown.count('class="item"') == 2

    @pytest.mark.parametrize("name", ["services", "actors"])
    def test_a_letter_links_to_absolute_addresses(self, alpha, name):
        make_service(alpha, actor=make_actor(alpha, "L’<b>arche</b>"))
        value = block(name).to_python({"title": "Ici", "count": 3})
        letter = render_mail(block(name), value, {"territory": alpha, "request": None})
        assert 'href="http://alpha.localhost/' in letter
        assert "<b>arche" not in letter
        assert letter.startswith("<mj-section>")

    @pytest.mark.parametrize("name", ["services", "actors"])
    def test_they_fill_themselves_with_what_is_new(self, alpha, name):
        beta = make_territory("beta", plugins=["resources_directory"])
        now = datetime.now(tz=UTC)
        make_service(beta)
        assert block(name).new_since(alpha, now - timedelta(days=1)) is None
        make_service(alpha, "Permis solidaire")
        value = block(name).new_since(alpha, now - timedelta(days=1))
        assert value["count"] == 1
        assert block(name).new_since(alpha, now + timedelta(days=1)) is None
        block(name).clean(block(name).to_python(value))

    def test_a_service_published_again_is_new_again(self, alpha):
        service = make_service(alpha)
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        ServicePage.objects.filter(pk=service.pk).update(
            first_published_at=long_ago, last_published_at=long_ago
        )
        yesterday = datetime.now(tz=UTC) - timedelta(days=1)
        assert block("services").new_since(alpha, yesterday) is None
        service.save_revision().publish()
        assert block("services").new_since(alpha, yesterday)["count"] == 1

    def test_the_themes_to_choose_are_read_from_the_vocabulary(self, alpha):
        assert dict(theme_choices())["mobilite"] == "Passer le permis, me déplacer"


def test_tiles_are_allowed_by_the_policy_only_when_there_are_some(client, alpha, settings):
    address = {"path": "/carte/", "headers": {"host": "alpha.localhost"}}
    make_actor(alpha)
    plain = client.get(**address)
    assert "img-src 'self' data:" in plain["Content-Security-Policy"]
    assert "data-tiles" not in plain.content.decode()
    settings.MAP_TILES = {
        "url": "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        "attribution": "© les contributeurs",
    }
    tiled = type(client)().get(**address)
    assert "img-src 'self' https://*.tiles.example.org data:" in tiled["Content-Security-Policy"]
    assert 'data-tiles="https://{s}.tiles.example.org/{z}/{x}/{y}.png"' in tiled.content.decode()


def test_the_home_draws_the_places_of_its_own_territory(alpha, client):
    def windows():
        html = client.get("/", headers={"host": "alpha.localhost"}).content.decode()
        return html.count('<path d="M'), "Quelqu’un près de chez vous" in html

    make_actor(make_territory("beta", plugins=["resources_directory"]))
    assert windows() == (0, False)
    make_actor(alpha)
    make_actor(alpha, "Sans adresse", **NOWHERE)
    assert windows() == (1, True)
