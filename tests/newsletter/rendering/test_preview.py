"""The preview as a coordinator asks for it: a real form, posted, then shown in each mode."""

import pytest
from django.urls import reverse
from factories import make_content_page, make_member, make_territory
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from newsletter.models import NewsletterIndexPage

pytestmark = pytest.mark.django_db


def form_of(title, *blocks, **fields):
    return nested_form_data(
        {
            "title": title,
            "slug": "apercu",
            "subject": "Objet",
            "preheader": "Aperçu",
            "sent_on": "",
            "button_text": "",
            "button_page": "",
            "search_description": "",
            "seo_title": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": streamfield(blocks),
            **fields,
        }
    )


@pytest.fixture
def coordinator(client, territory):
    user = make_member(territory)
    client.force_login(user)
    return user


def preview(client, address, data, mode):
    posted = client.post(address, data, headers={"host": "localhost"})
    assert posted.json()["is_valid"], posted.json()
    return client.get(f"{address}?mode={mode}", headers={"host": "localhost"})


@pytest.mark.parametrize("is_new", [True, False])
def test_each_mode_shows_the_words_just_typed(client, coordinator, territory, make_letter, is_new):
    if is_new:
        index = NewsletterIndexPage.objects.in_territory(territory).records().get()
        address = reverse(
            "wagtailadmin_pages:preview_on_add", args=["newsletter", "newsletterpage", index.pk]
        )
    else:
        letter = make_letter(territory, published=False)
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[letter.pk])
    data = form_of(
        "Tout juste écrite",
        ("text", {"text": rich_text("<p>Un café lundi</p>")}),
        ("greeting", {"name": "Nour"}),
    )
    web = preview(client, address, data, "")
    assert "Un café lundi" in web.content.decode() and "site.js" in web.content.decode()
    mail = preview(client, address, data, "mail")
    assert mail.status_code == 200
    assert "Tout juste écrite" in mail.content.decode()
    assert "<table" in mail.content.decode() and "Bonjour Nour" in mail.content.decode()
    assert "script-src" not in mail.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in mail.headers["Content-Security-Policy"]
    text = preview(client, address, data, "text")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Un café lundi" in text.content.decode() and "<" not in text.content.decode()


def test_a_broken_letter_is_explained_and_not_a_500(client, coordinator, territory, make_letter):
    letter = make_letter(territory, published=False, body=[("text", {"text": "<p>ouvert <b"})])
    for mode in ("mail", "text"):
        response = client.get(
            reverse("wagtailadmin_pages:view_draft", args=[letter.pk]) + f"?mode={mode}",
            headers={"host": "localhost"},
        )
        assert response.status_code == 200
        assert "bloc n° 1, « Texte »" in response.content.decode().replace("\u00a0", " ")
    edit = client.get(
        reverse("wagtailadmin_pages:edit", args=[letter.pk]), headers={"host": "localhost"}
    )
    assert "ne peut pas entrer dans un e-mail" in edit.content.decode()


def test_the_editor_says_what_the_letter_weighs(client, coordinator, territory, make_letter):
    letter = make_letter(territory, published=False)
    edit = client.get(
        reverse("wagtailadmin_pages:edit", args=[letter.pk]), headers={"host": "localhost"}
    )
    assert " ko, sans les images" in edit.content.decode()


def test_a_stranger_previews_nothing(client, coordinator, make_letter):
    letter = make_letter(make_territory("beta"), published=False)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[letter.pk])
    for response in (
        client.post(address, form_of("Vu"), headers={"host": "localhost"}),
        client.get(f"{address}?mode=mail", headers={"host": "localhost"}),
    ):
        assert response.status_code in {302, 403, 404}


def test_the_button_leads_into_the_territory_only(client, coordinator, territory, make_letter):
    letter = make_letter(territory, published=False)
    foreign = make_content_page(make_territory("beta"), title="Ailleurs")
    own = make_content_page(territory, title="Ici")
    address = reverse("wagtailadmin_pages:edit", args=[letter.pk])
    for page, saved in ((foreign, False), (own, True)):
        client.post(address, form_of("Titre", button_page=page.pk), headers={"host": "localhost"})
        letter = type(letter).objects.get(pk=letter.pk)
        stored = letter.get_latest_revision_as_object().button_page_id
        assert (stored == page.pk) is saved
