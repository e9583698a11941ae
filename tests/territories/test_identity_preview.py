"""The home page with what was typed, before it is saved."""

import re

import pytest
from django.urls import reverse
from factories import make_content_page, make_member, make_territory
from identity_form import PORTAL, edit_address, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha(db):
    return make_territory("alpha")


@pytest.fixture
def coordinator(client, alpha):
    user = make_member(alpha)
    client.force_login(user)
    return user


def preview_address(territory) -> str:
    return reverse("territory:preview_on_edit", args=[territory.pk])


TYPED = {"contact_phone": "05 36 49 12 34", "first_colour": "#00607A"}


def theme_in(page: str) -> str:
    return re.search(r'href="(/admin/territory/preview/[^"]+\.css)"', page)[1]


def test_the_side_panel_shows_what_is_typed_and_nothing_is_saved(client, alpha, coordinator):
    values = {**values_of(client, alpha), **TYPED}
    posted = client.post(preview_address(alpha), values, headers=PORTAL).json()
    assert posted == {"is_valid": True, "is_available": True}
    response = client.get(preview_address(alpha), headers=PORTAL)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "05 36 49 12 34" in shown and 'data-territory="alpha"' in shown
    css = client.get(theme_in(shown), headers=PORTAL)
    assert css.status_code == 200 and css["Content-Type"].startswith("text/css")
    assert '[data-territory="alpha"]' in css.content.decode()
    alpha.refresh_from_db()
    assert alpha.contact_phone == "" and alpha.first_colour != "#00607A"


def test_a_preview_may_be_framed_by_the_editor_and_by_nobody_else(client, alpha, coordinator):
    client.post(preview_address(alpha), values_of(client, alpha), headers=PORTAL)
    response = client.get(preview_address(alpha), headers=PORTAL)
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_preview_of_a_page_may_be_framed_by_the_editor(client, alpha, coordinator):
    page = make_content_page(alpha, "Une page")
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    response = client.get(address, headers=PORTAL)
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]


def test_without_scripts_a_button_shows_the_same(client, alpha, coordinator):
    values = {**values_of(client, alpha), **TYPED, "show": ""}
    response = client.post(edit_address(alpha), values, headers=PORTAL)
    assert response.status_code == 200 and "05 36 49 12 34" in response.content.decode()
    assert (
        '<noscript><button type="submit"'
        in client.get(edit_address(alpha), headers=PORTAL).content.decode()
    )
    alpha.refresh_from_db()
    assert alpha.contact_phone == ""


def test_the_button_says_what_is_wrong_and_loses_nothing(client, alpha, coordinator):
    values = {
        **values_of(client, alpha),
        "first_colour": "#ffcc00",
        "tagline": "Gardée",
        "show": "",
    }
    response = client.post(edit_address(alpha), values, headers=PORTAL)
    shown = response.content.decode()
    assert "le blanc se lit mal" in shown and "Gardée" in shown


def test_a_closed_plugin_leaves_the_menu_of_the_preview(client, alpha, coordinator):
    def lines(plugins) -> list[str]:
        values = {**values_of(client, alpha), "plugins": plugins, "show": ""}
        response = client.post(edit_address(alpha), values, headers=PORTAL)
        return [entry["title"] for entry in response.context["menu"]]

    plugins = values_of(client, alpha)["plugins"]
    closed = set(lines(plugins)) - set(lines([name for name in plugins if name != "agenda"]))
    assert closed == {"Agenda", "Le label"}
    alpha.refresh_from_db()
    alpha.forget_switches()
    assert "agenda" in alpha.enabled_plugins


def test_a_stranger_sees_no_preview_and_no_colours(client, alpha, coordinator):
    beta = make_territory("beta")
    values = values_of(client, alpha)
    client.post(preview_address(alpha), values, headers=PORTAL)
    client.force_login(make_member(beta))
    theme = reverse("territory:preview_theme", args=[alpha.pk, "5a2a86", "f5c84b"])
    for address in (preview_address(alpha), theme):
        assert client.get(address, headers=PORTAL).status_code in {302, 403, 404}
    assert client.post(preview_address(alpha), values, headers=PORTAL).status_code in {302, 404}
    client.logout()
    assert client.get(theme, headers=PORTAL).status_code == 302


def test_what_is_no_colour_makes_no_stylesheet(client, alpha, coordinator):
    for colours in (["5a2a8", "f5c84b"], ["zzzzzz", "f5c84b"], ["5a2a86", "x{}*{x"]):
        address = reverse("territory:preview_theme", args=[alpha.pk, *colours])
        assert client.get(address, headers=PORTAL).status_code == 404
