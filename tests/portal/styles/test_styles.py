"""The style page: who sees it, and that nothing of the look is missing from it."""

import re

import pytest
from factories import make_member, make_territory

from territories.models import Territory

TEMPLATES = "site/portal/templates"


@pytest.fixture(scope="module", autouse=True)
def territory_once(undone_after_the_module):
    make_territory("alpha", plugins=[])


@pytest.fixture
def alpha(db):
    return Territory.objects.get(slug="alpha")


@pytest.fixture
def open_to_all(settings):
    settings.SHOWS_STYLES = True


def read(client, address="/styles/", host="localhost"):
    return client.get(address, headers={"host": host})


@pytest.mark.django_db
class TestWhoSeesIt:
    def test_nobody_without_an_account(self, client):
        assert read(client).status_code == 404

    def test_no_coordinator(self, client, alpha):
        client.force_login(make_member(alpha))
        assert read(client).status_code == 404

    def test_nobody_on_the_site_of_a_territory(self, client, alpha):
        client.force_login(make_member(None, "team", "nadia"))
        assert read(client, host=alpha.site.hostname).status_code == 404

    def test_the_national_team_and_no_cache(self, client):
        client.force_login(make_member(None, "team", "nadia"))
        response = read(client)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"

    def test_anybody_where_the_settings_say_so(self, client, open_to_all):
        assert read(client).status_code == 200
        assert read(client, "/ar/styles/").status_code == 200


@pytest.mark.django_db
def test_every_component_is_shown(client, open_to_all, root):
    folder = root / TEMPLATES
    components = {str(path.relative_to(folder)) for path in folder.glob("components/**/*.html")}
    drawn = {template.name for template in read(client).templates}
    assert components - drawn == set(), "Add them to site/portal/styles/specimens/"


@pytest.mark.django_db
def test_every_token_is_shown(client, open_to_all, root):
    sheet = (root / "site/portal/static/portal/css/tokens.css").read_text()
    tokens = set(re.findall(r"(--[a-z0-9-]+):", sheet))
    html = read(client).content.decode()
    assert {name for name in tokens if f"<code>{name}</code>" not in html} == set()


@pytest.mark.django_db
def test_the_contrast_told_is_enough_in_light_and_in_dark(client, alpha, open_to_all):
    Territory.objects.filter(pk=alpha.pk).update(first_colour="#7a1f1f", second_colour="#ffe08a")
    for address in ("/styles/?territory=national", "/styles/?territory=alpha"):
        pairs = read(client, address).context["pairs"]
        assert len(pairs) > 30
        assert all(shade.ratio >= pair.least for pair in pairs for shade in pair.shades)


@pytest.mark.django_db
def test_a_territory_lends_its_colours_to_the_whole_page(client, alpha, open_to_all):
    html = read(client, "/styles/?territory=alpha").content.decode()
    assert '<html lang="fr" dir="ltr" data-territory="alpha">' in html
    assert alpha.theme_url in html
    assert 'data-territory="national">\n<head>' in read(client).content.decode()
    assert read(client, "/styles/?territory=omega").status_code == 404


@pytest.mark.django_db
def test_no_name_is_given_to_two_elements(client, open_to_all):
    names = re.findall(r'\bid="([^"]*)"', read(client).content.decode())
    assert {name for name in names if names.count(name) > 1} == set()
