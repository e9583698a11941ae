import pytest
from django.core.management import CommandError, call_command
from factories import home_of, make_member, make_page, make_portal, make_territory
from wagtail.models import Collection, Page, Site

from territories.models import ContentPage, LegalPage, Territory, TerritoryHomePage
from territories.pages.homes import homes_of

pytestmark = pytest.mark.django_db


def create(*arguments):
    call_command(
        "create_territory",
        "alpha",
        "--name=Alpha",
        "--hostname=alpha.localhost",
        "--commune=31555",
        "--plugins=sample_plugin",
        *arguments,
        verbosity=0,
    )


def test_create_territory_twice_makes_nothing_twice():
    make_portal()
    create()
    before = {model: model.objects.count() for model in (Page, Site, Territory, Collection)}
    create()
    after = {model: model.objects.count() for model in (Page, Site, Territory, Collection)}
    assert before == after


def test_a_new_territory_has_a_home_and_index_pages_in_every_language():
    territory = make_territory("alpha")
    homes = homes_of(territory)
    assert homes[0].locale.language_code == "fr"
    assert {home.locale.language_code for home in homes} == {"fr", "en", "ar"}
    assert len(homes) == 3
    assert TerritoryHomePage.objects.filter(territory=territory).count() == 3
    for home in homes:
        assert home.get_children().filter(slug="annonces").live().exists()


def test_legal_pages_are_there_in_every_language():
    territory = make_territory("alpha")
    slugs = {"mentions-legales", "accessibilite", "donnees-personnelles", "plan-du-site"}
    for home in homes_of(territory):
        assert {page.slug for page in LegalPage.objects.child_of(home).live()} == slugs
    for page in LegalPage.objects.filter(territory=territory):
        assert page.get_translations(inclusive=True).count() == 3


def test_a_bad_plan_is_refused_in_plain_french_and_writes_nothing():
    make_portal()
    with pytest.raises(CommandError, match="Un code INSEE a 5 caractères"):
        call_command(
            "create_territory",
            "beta",
            "--name=Beta",
            "--hostname=beta.localhost",
            "--commune=toulouse",
            verbosity=0,
        )
    with pytest.raises(CommandError, match="Module inconnu : nimporte"):
        create("--plugins=nimporte")
    assert not Territory.objects.filter(slug="beta").exists()


def test_a_hostname_belongs_to_one_territory():
    make_territory("alpha")
    with pytest.raises(CommandError, match="déjà prise"):
        call_command(
            "create_territory",
            "beta",
            "--name=Beta",
            "--hostname=alpha.localhost",
            "--commune=31555",
            verbosity=0,
        )


def test_a_page_edited_by_its_editor_shows_on_its_host_and_on_no_other(client):
    alpha, beta = make_territory("alpha"), make_territory("beta")
    page = make_page(home_of(alpha), ContentPage(title="Avant", slug="nouvelle"))
    client.force_login(make_member(alpha, "coordinator"))
    response = client.post(
        f"/admin/pages/{page.pk}/edit/",
        {
            "title": "Le camion passe mardi",
            "slug": "nouvelle",
            "introduction": "",
            "body-count": "0",
            "action-publish": "1",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "0",
        },
        headers={"host": "localhost"},
    )
    assert response.status_code == 302, response.context["form"].errors
    client.logout()
    shown = client.get("/nouvelle/", headers={"host": "alpha.localhost"})
    assert "Le camion passe mardi" in shown.content.decode()
    assert client.get("/nouvelle/", headers={"host": "beta.localhost"}).status_code == 404
    assert client.get("/nouvelle/", headers={"host": "localhost"}).status_code == 404
    assert beta.pk != alpha.pk


def test_a_stranger_may_not_open_another_territorys_page(client):
    alpha, beta = make_territory("alpha"), make_territory("beta")
    page = make_page(home_of(alpha), ContentPage(title="Brouillon secret"), published=False)
    client.force_login(make_member(beta, "coordinator"))
    response = client.get(f"/admin/pages/{page.pk}/edit/", headers={"host": "localhost"})
    assert response.status_code == 302
    chooser = client.get("/admin/choose-page/?q=secret", headers={"host": "localhost"})
    assert "Brouillon secret" not in chooser.content.decode()


def test_a_branch_moved_to_another_territory_belongs_to_it():
    alpha, beta = make_territory("alpha"), make_territory("beta")
    top = make_page(home_of(alpha), ContentPage(title="Dossier"))
    below = make_page(top, ContentPage(title="Feuille"))
    top.move(home_of(beta), pos="last-child")
    below.refresh_from_db()
    assert below.territory == beta
