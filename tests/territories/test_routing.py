"""Addresses are read in one query; who may read a page is decided as Wagtail does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import home_of, make_content_page, make_page, make_territory
from sample_plugin.models import NoticePage
from wagtail.models import PageViewRestriction

from territories.models import ContentPage

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}


@pytest.fixture
def territory():
    return make_territory("alpha", plugins=["sample_plugin"])


def test_a_deep_page_answers_at_its_address_and_nowhere_else(client, territory):
    top = make_content_page(territory, title="Aide", slug="aide")
    make_page(top, ContentPage(title="Permis", slug="permis"))
    assert "Permis" in client.get("/aide/permis/", headers=ALPHA).content.decode()
    for wrong in ("/permis/", "/aide/aide/", "/aide/permis/permis/", "/aide/inconnu/", "/x/aide/"):
        assert client.get(wrong, headers=ALPHA).status_code == 404, wrong


def test_a_page_below_a_draft_answers_and_the_draft_does_not(client, territory):
    top = make_content_page(territory, title="Aide", slug="aide", published=False)
    make_page(top, ContentPage(title="Permis", slug="permis"))
    assert client.get("/aide/", headers=ALPHA).status_code == 404
    assert client.get("/aide/permis/", headers=ALPHA).status_code == 200


def test_the_breadcrumb_leads_back_in_the_visitors_language(client, territory):
    top = make_content_page(territory, title="Aide", slug="aide")
    make_page(top, ContentPage(title="Permis", slug="permis"))
    assert 'href="/aide/">Aide</a>' in client.get("/aide/permis/", headers=ALPHA).content.decode()
    english = client.get("/en/aide/permis/", headers=ALPHA).content.decode()
    assert 'href="/en/aide/"><bdi lang="fr">Aide</bdi></a>' in english


def test_a_page_is_private_with_all_above_it_and_with_the_page_it_copies(territory):
    top = make_content_page(territory, title="Aide", slug="aide")
    page = make_page(top, ContentPage(title="Permis", slug="permis"))
    other = make_content_page(territory, title="Ailleurs", slug="ailleurs")
    alias = page.create_alias(parent=other)
    for restricted, is_private in ((top, True), (page, True), (other, False)):
        restriction = PageViewRestriction.objects.create(page=restricted, restriction_type="login")
        found = ContentPage.objects.get(pk=page.pk).get_view_restrictions()
        assert list(found) == ([restriction] if is_private else [])
        restriction.delete()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert list(ContentPage.objects.get(pk=alias.pk).get_view_restrictions()) == [restriction]


def test_the_deeper_page_costs_no_more(client, territory):
    notices = NoticePage.objects.records().get(territory=territory)
    make_page(notices, NoticePage(title="Une annonce", slug="une-annonce"))
    assert home_of(territory)

    def queries(address):
        client.get(address, headers=ALPHA)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, headers=ALPHA).status_code == 200
        return len(captured)

    assert queries("/annonces/une-annonce/") == queries("/annonces/")


def test_a_home_that_is_a_draft_hides_itself_and_nothing_below(client, territory):
    make_content_page(territory, title="Aide", slug="aide")
    home_of(territory).unpublish()
    assert client.get("/", headers=ALPHA).status_code == 404
    assert client.get("/aide/", headers=ALPHA).status_code == 200
    assert client.get("/en/aide/", headers=ALPHA).status_code == 200


def test_a_language_without_a_published_home_is_read_in_the_source_language(client, territory):
    make_content_page(territory, title="Aide", slug="aide")
    english = home_of(territory).get_translations().get(locale__language_code="en")
    english.specific.unpublish()
    page = client.get("/en/aide/", headers=ALPHA)
    assert page.status_code == 200
    assert 'hreflang="en"' not in page.content.decode()
