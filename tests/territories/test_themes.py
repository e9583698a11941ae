"""A theme is a plugin: templates and tokens, on the territory that opened it and no other."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import reverse
from factories import make_member, make_territory
from identity_form import PORTAL, errors, save, values_of

from territories.models import Territory
from territories.plugins import registry
from territories.plugins.contributions import Theme
from territories.plugins.switching import switch_off, switch_on
from territories.plugins.themes import answering, is_theme, worn

PAPER = "Un pied de page sur papier"
SHEET = "sample_theme/paper.css"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def two_territories(undone_after_the_module):
    make_territory("alpha", plugins=["sample_theme"])
    make_territory("beta", plugins=[])


def page(client, host):
    return client.get("/", headers={"host": host}).content.decode()


def test_templates_are_replaced_on_one_territory_and_not_on_the_other_nor_in_the_cache(client):
    for _time in range(2):  # the second time, from the cache of templates
        assert PAPER in page(client, "alpha.localhost")
        assert PAPER not in page(client, "beta.localhost")
        assert PAPER not in page(client, "localhost")


def test_a_template_extends_the_one_whose_place_it_takes(client):
    html = page(client, "alpha.localhost")
    assert '<body class="paper">' in html and 'class="skip"' in html
    assert '<body class="">' in page(client, "beta.localhost")


def test_tokens_come_after_the_houses_and_colours_stay_the_territorys(client, alpha):
    html = page(client, "alpha.localhost")
    assert html.index("portal/css/print.css") < html.index(SHEET) < html.index(alpha.theme_url)
    assert 'data-territory="alpha"' in html
    assert SHEET not in page(client, "beta.localhost")


def test_a_closed_theme_is_worn_no_more(client, alpha):
    switch_off(territory=alpha, plugin="sample_theme")
    assert PAPER not in page(client, "alpha.localhost")
    switch_on(territory=alpha, plugin="sample_theme")
    assert PAPER in page(client, "alpha.localhost")


def test_nothing_is_worn_between_two_requests(client):
    page(client, "alpha.localhost")
    assert worn() is None


def test_the_style_page_wears_the_theme_of_the_territory_it_shows(client, settings):
    settings.SHOWS_STYLES = True
    shown = {
        slug: client.get(f"/styles/?territory={slug}", headers=PORTAL) for slug in ("alpha", "beta")
    }
    assert PAPER in shown["alpha"].content.decode()
    assert PAPER not in shown["beta"].content.decode()


class TestInTheAdmin:
    def test_a_theme_is_seen_before_it_is_saved_and_the_admin_wears_none(self, client):
        beta = Territory.objects.get(slug="beta")
        client.force_login(make_member(beta))
        address = reverse("territory:preview_on_edit", args=[beta.pk])
        client.post(
            address, {**values_of(client, beta), "plugins": ["sample_theme"]}, headers=PORTAL
        )
        preview = client.get(address, headers=PORTAL).content.decode()
        assert PAPER in preview and SHEET in preview
        assert PAPER not in page(client, "beta.localhost")
        assert SHEET not in client.get("/admin/", headers=PORTAL).content.decode()

    def test_a_territory_wears_one_theme(self, client, alpha, monkeypatch):
        client.force_login(make_member(alpha))
        monkeypatch.setattr("territories.identity.fields.is_theme", lambda label: True)
        response = save(client, alpha, plugins=["sample_theme", "sample_plugin"])
        assert "Un seul thème à la fois" in errors(response)["plugins"][0]


def test_a_page_that_says_the_database_is_down_is_still_found(alpha, monkeypatch):
    def down(self):
        raise DatabaseError

    request = RequestFactory().get("/")
    request.territory = alpha
    monkeypatch.setattr(Territory, "enabled_plugins", property(down))
    with answering(request):
        assert "panne" in get_template("500.html").render()


def test_a_stylesheet_that_is_nowhere_stops_the_start(monkeypatch):
    import sample_theme.themes

    def faults():
        return [found.id for found in run_checks() if found.id == "territories.E004"]

    assert faults() == []
    monkeypatch.setattr(sample_theme.themes, "THEMES", [Theme(stylesheets=("nowhere.css",))])
    registry.contributions.cache_clear()
    try:
        assert faults() == ["territories.E004"]
    finally:
        monkeypatch.undo()
        registry.contributions.cache_clear()


@pytest.mark.parametrize("label", [label for label in registry.plugins() if is_theme(label)])
def test_every_template_of_a_theme_takes_the_place_of_one(label):
    loader = engines["django"].engine.template_loaders[0]
    for plugin, theme in registry.contributions("THEMES"):
        folders = [
            folder / theme.templates for folder in map(settings.ROOT.__class__, loader.get_dirs())
        ]
        files = [file.relative_to(f) for f in folders for file in f.rglob("*.html")]
        assert files or not theme.templates
        for file in files:
            try:
                get_template(str(file))
            except TemplateDoesNotExist:
                pytest.fail(f"{plugin}: nothing of the house is called {file}")
