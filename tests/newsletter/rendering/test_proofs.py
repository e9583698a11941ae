"""« Relire la lettre »: for who may write or publish it, and for nobody else."""

import pytest
from django.urls import reverse
from factories import make_member, make_territory
from wagtail.models import Locale

from newsletter.rendering.preview import on_screen

pytestmark = pytest.mark.django_db
HOST = {"host": "localhost"}
NAMES = ("newsletter_proof", "newsletter_proof_letter")


def ask(client, name, letter, query=""):
    return client.get(reverse(name, args=[letter.pk]) + query, headers=HOST)


@pytest.fixture
def letter(territory, make_letter):
    text = '<p>Le forum. <a href="/nulle-part/">Venir</a> <a href="https://exemple.org/">Y</a></p>'
    return make_letter(territory, published=False, body=[("text", {"text": text})])


@pytest.mark.parametrize("role", ["coordinator", "editor", "newsletter-editor"])
def test_who_writes_a_letter_reads_it_again(client, territory, letter, role):
    client.force_login(make_member(territory, role))
    page = ask(client, "newsletter_proof", letter)
    html = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 200
    assert 'width="700"' in html and 'width="375"' in html
    assert "Le forum. Venir [1]" in html, "the text is shown"
    assert "mène à une page qui n’existe pas : /nulle-part/" in html
    assert "https://exemple.org/" in html and " ko, sans les images" in html
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[letter.pk]), headers=HOST)
    assert reverse("newsletter_proof", args=[letter.pk]) in edit.content.decode()
    assert "/nulle-part/" in edit.content.decode()


def test_a_stranger_gets_404(client, letter):
    beta = make_territory("beta")
    for role in ("coordinator", "newsletter-editor", "partner"):
        client.force_login(make_member(beta, role))
        assert {ask(client, name, letter).status_code for name in NAMES} <= {404, 302}
        if role == "coordinator":
            assert [ask(client, name, letter).status_code for name in NAMES] == [404, 404]


def test_nobody_reads_a_letter_without_logging_in(client, letter):
    assert {ask(client, name, letter).status_code for name in NAMES} == {302}


def test_the_frames_show_the_last_draft_dark_or_light_with_images_or_without(
    client, territory, letter
):
    client.force_login(make_member(territory))
    draft = letter.get_latest_revision_as_object()
    draft.title = "Récrite"
    draft.save_revision()
    light = ask(client, "newsletter_proof_letter", letter)
    assert "Récrite" in light.content.decode()
    assert "@media not all" in light.content.decode()
    assert light.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in light.headers["Content-Security-Policy"]
    dark = ask(client, "newsletter_proof_letter", letter, "?dark=1&images=0")
    assert "@media all" in dark.content.decode()
    assert "img-src 'none'" in dark.headers["Content-Security-Policy"]
    assert "img-src 'none'" not in light.headers["Content-Security-Policy"]


def test_every_language_of_a_letter_is_a_link_away(client, territory, letter):
    english = letter.copy_for_translation(Locale.objects.get(language_code="en"))
    client.force_login(make_member(territory))
    html = ask(client, "newsletter_proof", letter).content.decode()
    assert reverse("newsletter_proof", args=[english.pk]) in html


def test_a_letter_that_cannot_be_laid_out_says_why(client, territory, make_letter):
    broken = make_letter(territory, body=[("text", {"text": "<p>ouvert <b"})])
    client.force_login(make_member(territory))
    for name in NAMES:
        response = ask(client, name, broken)
        assert response.status_code == 200
        assert "bloc n° 1, « Texte »" in response.content.decode().replace("\u00a0", " ")


def test_a_screen_is_dark_or_light_whatever_the_screen_it_is_on():
    html = "<style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){a{}}</style>"
    assert "@media all" in on_screen(html, dark=True)
    assert "@media not all" in on_screen(html, dark=False)
    assert "prefers-color-scheme" not in on_screen(html, dark=True)
