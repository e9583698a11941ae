"""What is private stays private: wherever it is listed, moved, copied or translated."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from factories import (
    home_of,
    make_content_page,
    make_member,
    make_page,
    make_territory,
    open_space,
)
from wagtail.models import Locale, PageViewRestriction, Revision

from territories.models import ContentPage, PrivateSpacePage
from territories.plugins.switching import run_setup_steps

pytestmark = pytest.mark.django_db
ALPHA = {"host": "alpha.localhost"}
PORTAL = {"host": "localhost"}
SAID = "Réunion du comité"


@pytest.fixture
def alpha():
    return make_territory("alpha")


@pytest.fixture
def space(alpha):
    return open_space(alpha)


@pytest.fixture
def minutes(space):
    return make_page(space, ContentPage(title=SAID, slug="comptes-rendus", show_in_menus=True))


@pytest.fixture
def read(client, alpha):
    """Read as a member of Alpha."""
    username = make_member(alpha, "editor").username
    client.post(
        "/espace-pro/connexion/", {"username": username, "password": "secret"}, headers=ALPHA
    )
    return lambda path: client.get(path, headers=ALPHA)


def test_a_territory_gets_one_space_a_draft_until_somebody_opens_it(client, alpha):
    space = PrivateSpacePage.objects.get(territory=alpha)
    assert space.slug == "espace-pro" and not space.live
    assert client.get("/espace-pro/", headers=ALPHA).status_code == 404
    assert "/espace-pro/" not in client.get("/", headers=ALPHA).content.decode()
    run_setup_steps(plugin="territories", territory=alpha)
    assert PrivateSpacePage.objects.count() == PageViewRestriction.objects.count() == 1
    assert not PrivateSpacePage.can_create_at(home_of(alpha))
    assert not PrivateSpacePage.can_exist_under(home_of(None))


def test_a_page_that_has_the_address_already_keeps_it(alpha):
    PrivateSpacePage.objects.get().delete()
    make_content_page(alpha, slug="espace-pro")
    run_setup_steps(plugin="territories", territory=alpha)
    assert PrivateSpacePage.objects.get().slug == "espace-des-professionnels"


def test_everybody_sees_the_same_door_and_it_tells_nothing(client, space, minutes):
    space.title = "Nom de code"
    space.save_revision().publish()
    before = client.get("/", headers=ALPHA).content.decode()
    assert 'href="/espace-pro/">Espace des professionnels</a>' in before
    assert "Nom de code" not in before and SAID not in before
    username = make_member(space.territory).username
    client.post(
        "/espace-pro/connexion/", {"username": username, "password": "secret"}, headers=ALPHA
    )
    assert client.get("/", headers=ALPHA).content.decode() == before


def test_a_stranger_is_led_to_the_log_in_and_learns_nothing(client, minutes):
    for path in ("comptes-rendus/", "n-existe-pas/", "comptes-rendus/n-existe-pas/", ""):
        for prefix in ("", "/en"):
            answer = client.get(f"{prefix}/espace-pro/{path}", headers=ALPHA)
            assert answer.status_code == 302
            wanted = f"{prefix}/espace-pro/connexion/?next={prefix}/espace-pro/{path}"
            assert answer["Location"] == wanted
            assert "no-store" in answer["Cache-Control"] and SAID not in answer.content.decode()


def test_a_reader_finds_the_way_and_nothing_is_kept(read, space, minutes):
    below = make_page(minutes, ContentPage(title="Le 3 juin", slug="3-juin"))
    html = read("/espace-pro/").content.decode()
    assert SAID in html and "/espace-pro/comptes-rendus/" in html and "editor-alpha" in html
    answer = read("/espace-pro/comptes-rendus/")
    assert below.title in answer.content.decode()
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert read("/espace-pro/n-existe-pas/").status_code == 404
    # Not translated: in French, below the menu of the visitor's language.
    assert SAID in read("/en/espace-pro/comptes-rendus/").content.decode()


def test_what_is_for_a_group_is_told_to_that_group_alone(read, alpha, minutes):
    coordinators = make_member(alpha).groups.get()
    restriction = PageViewRestriction.objects.create(page=minutes, restriction_type="groups")
    restriction.groups.set([coordinators])
    assert SAID not in read("/espace-pro/").content.decode()
    assert read("/espace-pro/comptes-rendus/").status_code == 302
    User.objects.get(username="editor-alpha").groups.add(coordinators)
    assert SAID in read("/espace-pro/").content.decode()
    assert read("/espace-pro/comptes-rendus/").status_code == 200


def test_private_pages_leave_the_lists_the_menu_and_the_bodies(client, alpha, space, minutes):
    make_content_page(
        alpha, slug="liste", body=[("page_list", {"title": "Voir", "pages": [minutes]})]
    )
    assert not ContentPage.objects.findable().filter(pk=minutes.pk).exists()
    for path in ("/", "/liste/", "/open-data/", "/recherche/?q=comité", "/n-existe-pas/"):
        assert SAID not in client.get(path, headers=ALPHA).content.decode()


def test_a_translation_of_a_private_page_is_private(client, read, space, minutes):
    english = minutes.copy_for_translation(Locale.objects.get(language_code="en"), True)
    english.title = "Board meeting"
    english.save_revision().publish()
    assert PageViewRestriction.objects.filter(page=english.get_parent()).exists()
    assert "Board meeting" in read("/en/espace-pro/comptes-rendus/").content.decode()
    assert "Board meeting" in read("/en/espace-pro/").content.decode()
    client.cookies.clear()
    for path in ("/en/", "/en/espace-pro/", "/en/espace-pro/comptes-rendus/", "/en/recherche/"):
        assert "Board meeting" not in client.get(path, headers=ALPHA).content.decode()


def test_the_menu_leaves_out_the_translation_of_what_is_private_in_french(client, alpha):
    page = make_content_page(alpha, title="Entre nous", show_in_menus=True)
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "Among us"
    english.save_revision().publish()
    assert "Among us" in client.get("/en/", headers=ALPHA).content.decode()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Among us" not in client.get("/en/", headers=ALPHA).content.decode()


def test_the_form_of_privacy_does_not_open_the_space(client, alpha, space):
    client.force_login(User.objects.create_superuser("tout", password="secret"))
    address = reverse("wagtailadmin_pages:set_privacy", args=[space.pk])
    assert "restriction_type" not in client.get(address, headers=PORTAL).content.decode()
    for kind in ("none", "password", "login"):
        client.post(address, {"restriction_type": kind, "password": "x"}, headers=PORTAL)
        kept = PageViewRestriction.objects.get(page=space)
        assert kept.restriction_type == "login"


@pytest.mark.parametrize("live", [True, False])
def test_a_private_page_moved_out_is_public_only_once_somebody_publishes_it(
    client, alpha, space, minutes, live
):
    below = make_page(minutes, ContentPage(title="Le 3 juin", slug="3-juin"))
    if not live:
        # Planned for tomorrow, when it was private.
        below.unpublish()
        below.go_live_at = timezone.now() + timedelta(days=1)
        below.save_revision().publish()
    minutes.move(home_of(alpha), pos="last-child")
    for path in ("/comptes-rendus/", "/comptes-rendus/3-juin/"):
        assert client.get(path, headers=ALPHA).status_code == 404
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    minutes.refresh_from_db()
    assert not minutes.live and minutes.url_path == "/alpha/comptes-rendus/"
    minutes.save_revision().publish()
    assert SAID in client.get("/comptes-rendus/", headers=ALPHA).content.decode()


def test_whoever_moves_a_private_page_out_is_told_before(client, alpha, space, minutes):
    client.force_login(make_member(alpha))
    home, group = home_of(alpha), make_page(space, ContentPage(title="Groupe", slug="groupe"))
    for destination, is_told in ((home, True), (group, False)):
        address = reverse("wagtailadmin_pages:move_confirm", args=[minutes.pk, destination.pk])
        html = client.get(address, headers=PORTAL).content.decode()
        assert ("elle devient un brouillon" in html) == is_told
    client.post(
        reverse("wagtailadmin_pages:move_confirm", args=[minutes.pk, home.pk]), headers=PORTAL
    )
    minutes.refresh_from_db()
    assert minutes.get_parent().pk == home.pk and not minutes.live


def test_a_page_moved_inside_the_space_or_into_it_stays_published_and_private(
    client, read, alpha, space, minutes
):
    group = make_page(space, ContentPage(title="Groupe emploi", slug="groupe"))
    outside = make_content_page(alpha, title="Dehors", slug="dehors")
    for page in (minutes, outside):
        page.move(group, pos="last-child")
        assert page.title in read(f"/espace-pro/groupe/{page.slug}/").content.decode()
    client.cookies.clear()
    assert client.get("/espace-pro/groupe/dehors/", headers=ALPHA).status_code == 302


def test_what_has_its_own_restriction_keeps_it_when_it_moves(client, alpha, space, minutes):
    PageViewRestriction.objects.create(page=minutes, restriction_type="login")
    minutes.move(home_of(alpha), pos="last-child")
    minutes.refresh_from_db()
    assert minutes.live
    assert client.get("/comptes-rendus/", headers=ALPHA).status_code == 302


def test_a_copy_into_a_public_place_is_a_draft(client, alpha, space, minutes):
    client.force_login(make_member(alpha))
    client.post(
        reverse("wagtailadmin_pages:copy", args=[minutes.pk]),
        {"new_title": "Copie", "new_slug": "copie", "new_parent_page": home_of(alpha).pk},
        headers=PORTAL,
    )
    copied = ContentPage.objects.get(slug="copie")
    assert not copied.live and client.get("/copie/", headers=ALPHA).status_code == 404


def test_a_preview_of_a_private_page_shows_it_to_its_editor(client, alpha, minutes):
    client.force_login(make_member(alpha))
    address = reverse("wagtailadmin_pages:view_draft", args=[minutes.pk])
    assert SAID in client.get(address, headers=PORTAL).content.decode()
