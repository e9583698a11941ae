import pytest
from factories import make_content_page, make_page, make_territory
from wagtail.models import Locale, PageViewRestriction

from territories.models import ContentPage

pytestmark = pytest.mark.django_db


def test_a_private_page_and_all_below_it_leave_the_lists():
    territory = make_territory("alpha")
    top = make_content_page(territory, title="Entre nous")
    make_page(top, ContentPage(title="Dessous"))
    open_page = make_content_page(territory, title="Ouverte")
    PageViewRestriction.objects.create(page=top, restriction_type="login")
    assert list(ContentPage.objects.findable().in_territory(territory)) == [open_page]


def test_a_stranger_territory_is_not_in_the_list():
    alpha, beta = make_territory("alpha"), make_territory("beta")
    page = make_content_page(alpha, title="À nous")
    assert list(ContentPage.objects.findable().in_territory(alpha)) == [page]
    assert not ContentPage.objects.findable().in_territory(beta).exists()
    assert list(ContentPage.objects.findable().in_territory(None)) == [page]


@pytest.mark.parametrize("restricted", ["itself", "above"])
def test_what_is_private_in_french_is_private_in_every_language(client, restricted):
    territory = make_territory("alpha", plugins=[])
    above = make_content_page(territory, title="Dossier", slug="dossier")
    page = make_page(above, ContentPage(title="Réunion", slug="reunion"))
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Meeting"
    english.save_revision().publish()
    headers = {"host": "alpha.localhost"}
    assert "Meeting" in client.get("/en/dossier/reunion/", headers=headers).content.decode()
    PageViewRestriction.objects.create(
        page=page if restricted == "itself" else above, restriction_type="login"
    )
    answer = client.get("/en/dossier/reunion/", headers=headers)
    assert answer.status_code == 302 and "Meeting" not in answer.content.decode()
