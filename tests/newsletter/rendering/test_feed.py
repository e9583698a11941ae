"""The archive by year and its feed: what is online, on its host, in each language."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_portal, make_territory
from wagtail.models import Locale, PageViewRestriction

from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db
FEED = "/lettres/lettres.rss"


def get(client, address, host="alpha.localhost", **headers):
    return client.get(address, headers={"host": host, **headers})


def items(client, address=FEED, host="alpha.localhost"):
    root = ET.fromstring(get(client, address, host).content)  # noqa: S314
    return {item.findtext("title"): item for item in root.iter("item")}


def test_the_last_letters_come_first_with_whole_addresses(client, territory, make_letter):
    make_letter(territory, "Ancienne", sent_on=date(2026, 1, 5))
    make_letter(territory, "Nouvelle", sent_on=date(2026, 2, 2), preheader="Deux & <minutes>")
    found = items(client)
    assert list(found) == ["Nouvelle", "Ancienne"]
    new = found["Nouvelle"]
    assert new.findtext("link") == "http://alpha.localhost/lettres/nouvelle/"
    assert "Deux &amp; &lt;minutes&gt;" in new.findtext("description")
    assert new.findtext("pubDate") == "Mon, 02 Feb 2026 09:00:00 +0100"
    for page in ("/lettres/", "/lettres/nouvelle/"):
        html = get(client, page).content.decode()
        assert f'type="application/rss+xml" title="Lettres" href="{FEED}"' in html


def test_drafts_templates_private_letters_and_strangers_are_not_in_it(
    client, territory, make_letter
):
    make_letter(territory, "Brouillon", published=False)
    make_letter(territory, "Modèle", published=False, is_template=True)
    private = make_letter(territory, "Privée")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    make_letter(make_territory("beta"), "Chez Beta")
    make_letter(territory, "En ligne")
    assert list(items(client)) == ["En ligne"]
    archive = get(client, "/lettres/").content.decode()
    assert "En ligne" in archive
    assert not any(word in archive for word in ("Brouillon", "Modèle", "Privée", "Chez Beta"))
    assert list(items(client, host="beta.localhost")) == ["Chez Beta"]


def test_the_portal_and_a_closed_plugin_have_none(client, territory, make_letter):
    make_portal()
    make_letter(territory)
    assert get(client, FEED, "localhost").status_code == 404
    switch_off(territory=territory, plugin="newsletter")
    assert get(client, FEED).status_code == 404


def test_the_feed_speaks_the_language_of_its_address(client, territory, make_letter):
    letter = make_letter(territory, sent_on=date(2026, 2, 2))
    make_letter(territory, "Sans traduction", sent_on=date(2026, 1, 5))
    english = letter.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug, english.live = "Monday letter", "monday", True
    english.save()
    found = items(client, f"/en{FEED}")
    assert list(found) == ["Monday letter", "Sans traduction"]
    assert found["Monday letter"].findtext("link").endswith("/en/lettres/monday/")
    assert found["Sans traduction"].findtext("link").endswith("/en/lettres/sans-traduction/")
    french, spoken = items(client)["La lettre du lundi"], found["Monday letter"]
    assert french.findtext("guid") == spoken.findtext("guid")


def test_what_has_not_changed_is_not_sent_again(client, territory, make_letter):
    make_letter(territory)
    first = get(client, FEED)
    assert "public" in first["Cache-Control"] and not first.cookies
    again = get(client, FEED, if_none_match=first["ETag"])
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize("query", ["annee=%00", "annee=x&annee=2026", "page=-1", "annee=99999"])
def test_nonsense_is_ignored(client, territory, make_letter, query):
    make_letter(territory, sent_on=date(2026, 2, 2))
    assert list(items(client, f"{FEED}?{query}")) == ["La lettre du lundi"]
    assert "La lettre du lundi" in get(client, f"/lettres/?{query}").content.decode()


def test_the_archive_is_read_by_year(client, territory, make_letter):
    make_letter(territory, "De janvier", sent_on=date(2026, 1, 5))
    assert "annee=" not in get(client, "/lettres/").content.decode(), "one year needs no choice"
    make_letter(territory, "De décembre", sent_on=date(2025, 12, 30))
    html = get(client, "/lettres/").content.decode()
    assert html.index("?annee=2026") < html.index("?annee=2025")
    old = get(client, "/lettres/?annee=2025").content.decode()
    assert "De décembre" in old and "De janvier" not in old
    assert list(items(client, f"{FEED}?annee=2025")) == ["De décembre"]


def test_a_feed_costs_the_same_for_one_letter_or_twenty(client, territory, make_letter):
    def queries():
        get(client, FEED)
        with CaptureQueriesContext(connection) as captured:
            assert get(client, FEED).status_code == 200
        return len(captured)

    make_letter(territory, sent_on=date(2026, 1, 5))
    one = queries()
    for number in range(19):
        make_letter(territory, f"Lettre {number}", sent_on=date(2026, 1, 6))
    assert queries() == one <= 15
