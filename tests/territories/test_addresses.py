import pytest
from factories import make_content_page, make_territory
from wagtail.models import Locale

from territories.models import ContentPage
from territories.pages.translations import address_in, in_language

pytestmark = pytest.mark.django_db


def test_an_untranslated_page_keeps_its_visitors_in_their_language(client):
    territory = make_territory("alpha")
    make_content_page(territory, title="Nos locaux", slug="nos-locaux")
    [page] = in_language(ContentPage.objects.findable(), "en")
    address = address_in(page.shown, "en")
    assert address == "http://alpha.localhost/en/nos-locaux/"
    assert address_in(page.shown, "fr") == "http://alpha.localhost/nos-locaux/"
    answer = client.get("/en/nos-locaux/", headers={"host": "alpha.localhost"})
    assert "Nos locaux" in answer.content.decode()


def test_a_translated_page_is_at_its_own_address():
    territory = make_territory("alpha")
    page = make_content_page(territory, title="Nos locaux", slug="nos-locaux")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "Our offices", "our-offices"
    english.save_revision().publish()
    [record] = in_language(ContentPage.objects.findable(), "en")
    assert record.shown.title == "Our offices"
    assert address_in(record.shown, "en") == "http://alpha.localhost/en/our-offices/"
