"""Letters on the site: on their host and no other, listed page by page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import home_of, make_member, make_portal, make_territory
from wagtail.models import Locale

from newsletter.models import NewsletterIndexPage
from territories.plugins.switching import switch_off, switch_on

pytestmark = pytest.mark.django_db


def get(client, address, host="alpha.localhost"):
    return client.get(address, headers={"host": host})


def queries(client, address) -> int:
    get(client, address)
    with CaptureQueriesContext(connection) as captured:
        assert get(client, address).status_code == 200
    return len(captured)


def test_a_letter_shows_on_its_host_and_on_no_other(client, territory, make_letter):
    make_territory("beta")
    make_letter(territory, preheader="Deux minutes", body=[("text", {"text": "<p>Le forum</p>"})])
    html = get(client, "/lettres/la-lettre-du-lundi/").content.decode()
    assert "La lettre du lundi" in html and "Deux minutes" in html and "Le forum" in html
    for host in ("beta.localhost", "localhost"):
        assert get(client, "/lettres/la-lettre-du-lundi/", host).status_code == 404
    assert "La lettre du lundi" not in get(client, "/lettres/", "beta.localhost").content.decode()


def test_the_portal_has_no_letters(client):
    make_portal()
    assert NewsletterIndexPage.objects.count() == 0


def test_a_draft_is_neither_shown_nor_listed(client, territory, make_letter):
    make_letter(territory, published=False)
    assert get(client, "/lettres/la-lettre-du-lundi/").status_code == 404
    assert "La lettre du lundi" not in get(client, "/lettres/").content.decode()


def test_the_archive_puts_the_last_letter_first_and_gives_twenty_a_page(
    client, territory, make_letter
):
    for number in range(21):
        make_letter(
            territory, f"Lettre {number:02}", sent_on=date(2026, 1, 5) + timedelta(weeks=number)
        )
    first = get(client, "/lettres/").content.decode()
    assert first.index("Lettre 20") < first.index("Lettre 19")
    assert "Lettre 00" not in first
    assert "Lettre 00" in get(client, "/lettres/?page=2").content.decode()


@pytest.mark.parametrize(
    "query",
    ["page=abc", "page=-3", "page=99999999999999999999", "page=%00", "page=", "page=1&page=x"],
)
def test_nonsense_in_the_archives_address_does_no_harm(client, territory, make_letter, query):
    make_letter(territory)
    assert get(client, f"/lettres/?{query}").status_code == 200


def test_an_empty_archive_says_so(client, territory):
    assert "Pas encore de lettre" in get(client, "/lettres/").content.decode()


def test_letters_stay_out_of_the_menu_and_the_home_page_leads_to_the_last(
    client, territory, make_letter
):
    assert "/lettres/" not in get(client, "/").content.decode()
    make_letter(territory, "Ancienne", sent_on=date(2026, 1, 5))
    make_letter(territory, "Nouvelle", sent_on=date(2026, 2, 2))
    html = get(client, "/").content.decode()
    assert "/lettres/nouvelle/" in html and "/lettres/ancienne/" not in html
    switch_off(territory=territory, plugin="newsletter")
    assert "/lettres/" not in get(client, "/").content.decode()
    assert get(client, "/lettres/nouvelle/").status_code == 404


def test_a_coordinator_who_puts_letters_in_the_menu_is_obeyed(client, territory):
    NewsletterIndexPage.objects.in_territory(territory).update(show_in_menus=True)
    switch_on(territory=territory, plugin="newsletter")
    assert 'href="/lettres/"' in get(client, "/").content.decode()


def test_the_list_is_made_by_setting_up_and_cannot_be_made_by_hand(client, territory):
    NewsletterIndexPage.objects.in_territory(territory).delete()
    client.force_login(make_member(territory))
    address = reverse(
        "wagtailadmin_pages:add",
        args=["newsletter", "newsletterindexpage", home_of(territory).pk],
    )
    assert client.get(address, headers={"host": "localhost"}).status_code == 302
    switch_on(territory=territory, plugin="newsletter")
    assert get(client, "/lettres/").status_code == 200


def test_a_translation_tells_the_day_of_its_record(client, territory, make_letter):
    letter = make_letter(territory, sent_on=date(2026, 2, 2))
    translation = letter.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.slug, translation.live = "Monday letter", "monday", True
    translation.sent_on = None
    translation.save()
    html = get(client, "/en/lettres/monday/").content.decode()
    assert "Monday letter" in html and 'datetime="2026-02-02"' in html
    assert "Monday letter" in get(client, "/en/lettres/").content.decode()


def test_a_letter_and_the_archive_keep_within_their_budget(client, territory, make_letter):
    body = [("text", {"text": "<p>Bonjour</p>"}), ("greeting", {"name": "Nour"})]
    make_letter(territory, body=body, sent_on=date(2026, 1, 5))
    letter, archive = queries(client, "/lettres/la-lettre-du-lundi/"), queries(client, "/lettres/")
    english = queries(client, "/en/lettres/")
    for number in range(19):
        make_letter(territory, f"Lettre {number}", body=body)
    for number in range(3):
        make_territory(f"autre-{number}", plugins=["newsletter"])
    assert queries(client, "/lettres/la-lettre-du-lundi/") == letter <= 15
    assert queries(client, "/lettres/") == archive <= 15
    assert queries(client, "/en/lettres/") == english <= 15


def test_the_pages_of_letters_hold_nothing_inline(client, territory, make_letter):
    make_letter(territory, body=[("text", {"text": "<p>Bonjour</p>"})])
    for address in ("/lettres/", "/lettres/la-lettre-du-lundi/"):
        response = get(client, address)
        html = response.content.decode()
        assert not response.cookies
        assert " style=" not in html and "<style" not in html and "csrfmiddlewaretoken" not in html
