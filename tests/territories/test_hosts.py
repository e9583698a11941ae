import re

import pytest
from django.contrib.auth.models import User
from django.urls import Resolver404, resolve
from django.utils.translation import override
from factories import (
    home_of,
    make_content_page,
    make_member,
    make_portal,
    make_territory,
    open_space,
)
from leaks.addresses import patterns
from wagtail.models import Locale, Site

pytestmark = pytest.mark.django_db


def concrete(route: str) -> str:
    """An address of a route: any word or number stands for its arguments."""
    path = re.sub(r"<(?:int|slug|str|path|uuid):?\w*>|<\w+>", "1", route)
    return "/" + re.sub(r"\(\?P.*?\)|[\^$]|\\[AZ]", "", path)


def is_of_the_admin(path: str) -> bool:
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def test_an_unknown_host_is_answered_in_the_language_of_its_address(client):
    for before, path, language in (("ar", "/", "fr"), ("fr", "/ar/", "ar")):
        with override(before):  # that of the visitor before, on the same thread
            page = client.get(path, headers={"host": "inconnu.localhost"}).content.decode()
        assert f'<html lang="{language}"' in page


def test_an_unknown_host_gets_400_and_a_sentence(client):
    make_portal()
    response = client.get("/", headers={"host": "nulle-part.example"})
    assert response.status_code == 400
    assert "<h1>" in response.content.decode()


def test_health_answers_on_any_host(client):
    assert client.get("/healthz", headers={"host": "10.0.0.1"}).status_code == 200


def test_a_new_territory_answers_at_once(client):
    territory = make_territory("alpha")
    response = client.get("/", headers={"host": "alpha.localhost:8000"})
    assert response.status_code == 200
    assert territory.name in response.content.decode()


def test_only_the_portal_serves_the_admin(client):
    make_territory("alpha")
    assert client.get("/admin/login/", headers={"host": "alpha.localhost"}).status_code == 404
    assert client.get("/admin/login/", headers={"host": "localhost"}).status_code == 200


@pytest.mark.slow
def test_no_address_of_the_admin_answers_on_a_territorys_host(client):
    """Every address of the resolver, as the person who may do everything."""
    make_territory("alpha")
    client.force_login(User.objects.create_superuser("tout", password="secret"))
    addresses = {concrete(route) for _name, route in patterns()}
    assert len(addresses) > 200 and all(map(is_of_the_admin, addresses))
    answers = {path: client.get(path, headers={"host": "alpha.localhost"}) for path in addresses}
    assert not {path for path, answer in answers.items() if answer.status_code != 404}
    assert not any(answer.cookies for answer in answers.values())


def test_a_site_without_a_territory_serves_no_admin_either(client):
    portal = make_portal()
    Site.objects.create(hostname="ancien.localhost", root_page=portal)
    assert client.get("/admin/login/", headers={"host": "ancien.localhost"}).status_code == 404


@pytest.mark.parametrize("host", ["localhost", "alpha.localhost"])
def test_wagtails_other_ways_in_are_closed_on_every_host(client, host):
    make_territory("alpha")
    for path in (
        "/_util/login/",
        "/en/_util/login/",
        "/_util/authenticate_with_password/1/1/",
        "/documents/authenticate_with_password/1/",
    ):
        assert client.get(path, headers={"host": host}).status_code == 404
        assert client.post(path, headers={"host": host}).status_code == 404


def test_public_pages_set_no_cookie_and_hold_nothing_inline(client):
    territory = make_territory("alpha")
    make_content_page(territory, title="Une page", slug="une-page")
    open_space(territory)
    # Not even for whoever has a pass.
    client.post(
        "/espace-pro/connexion/",
        {"username": make_member(territory).username, "password": "secret"},
        headers={"host": "alpha.localhost"},
    )
    for address in ("/", "/une-page/"):
        response = client.get(address, headers={"host": "alpha.localhost"})
        html = response.content.decode()
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "csrfmiddlewaretoken" not in html
        assert "<style" not in html and " style=" not in html and "onclick" not in html
        assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_an_untranslated_page_falls_back_to_french_with_a_banner(client):
    make_content_page(make_territory("alpha"), title="Le marché", slug="le-marche")
    response = client.get("/en/le-marche/", headers={"host": "alpha.localhost"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Le marché" in html and 'lang="fr"' in html
    assert 'rel="canonical" href="http://alpha.localhost/le-marche/"' in html


def test_a_translation_is_shown_in_its_language(client):
    page = make_content_page(make_territory("alpha"), title="Le marché", slug="le-marche")
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.live = "The market", True
    translation.save()
    response = client.get("/en/le-marche/", headers={"host": "alpha.localhost"})
    assert "The market" in response.content.decode()


def test_a_territorys_colours_are_a_stylesheet_cached_for_ever(client):
    territory = make_territory("alpha")
    response = client.get(territory.theme_url, headers={"host": "alpha.localhost"})
    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    assert f'[data-territory="{territory.slug}"]' in response.content.decode()
    old = client.get("/apparence/alpha.000000000000.css", headers={"host": "alpha.localhost"})
    assert old.status_code == 302 and "immutable" not in old.get("Cache-Control", "")


def test_a_home_lists_every_language_of_its_territory(client):
    make_territory("alpha")
    html = client.get("/", headers={"host": "alpha.localhost"}).content.decode()
    assert 'href="/en/"' in html and 'href="/ar/"' in html
    assert home_of(None) is not None


def test_public_pages_cannot_be_framed_and_the_editor_may_frame_its_previews(client):
    make_territory("alpha")
    public = client.get("/", headers={"host": "alpha.localhost"})
    assert public["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in public["Content-Security-Policy"]
    admin = client.get("/admin/login/", headers={"host": "localhost"})
    assert admin["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in admin["Content-Security-Policy"]
