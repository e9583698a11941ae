"""Sitemaps, robots.txt, and what is offered where nothing is."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ALPHA = "http://alpha.localhost"


def places(xml):
    """{address: {language: address}} of a sitemap whose structure is the protocol's."""
    root = ElementTree.fromstring(xml)  # noqa: S314
    assert root.tag == f"{SITEMAP}urlset"
    found = {}
    for url in root:
        assert url.tag == f"{SITEMAP}url"
        tags = [child.tag.rpartition("}")[2] for child in url]
        assert tags == sorted(tags, key=["loc", "lastmod", "link"].index) and tags[0] == "loc"
        links = {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        found[url.findtext(f"{SITEMAP}loc").removeprefix(ALPHA)] = links
    return found


def test_the_index_has_a_sitemap_for_each_language(read):
    root = ElementTree.fromstring(read("/sitemap.xml"))  # noqa: S314
    assert root.tag == f"{SITEMAP}sitemapindex"
    assert {loc.text for loc in root.iter(f"{SITEMAP}loc")} == {
        f"{ALPHA}/sitemap-{language}.xml" for language in ("fr", "en", "ar")
    }


def test_a_sitemap_holds_what_anybody_may_find_in_its_language(read):
    french, english = places(read("/sitemap-fr.xml")), places(read("/sitemap-en.xml"))
    assert {"/", "/une-page/", "/guide/permis/", "/agenda/forum-emploi/"} <= french.keys()
    assert not {"/brouillon/", "/entre-nous/", "/chez-beta/"} & french.keys()
    assert "/en/agenda/forum-emploi/" in english and "/en/une-page/" not in english
    assert (
        french["/agenda/forum-emploi/"]
        == english["/en/agenda/forum-emploi/"]
        == {
            "fr": f"{ALPHA}/agenda/forum-emploi/",
            "en": f"{ALPHA}/en/agenda/forum-emploi/",
        }
    )
    assert french["/une-page/"] == {}


def test_a_closed_plugin_leaves_the_sitemap(read):
    assert "/agenda/" not in read("/sitemap-fr.xml", host="beta.localhost")


def test_a_language_that_the_site_does_not_speak_has_no_sitemap(fetch):
    fetch("/sitemap-de.xml", status=404)


def test_a_sitemap_costs_few_queries(read):
    read("/sitemap-fr.xml")
    with CaptureQueriesContext(connection) as captured:
        read("/sitemap-fr.xml")
    assert len(captured) <= 6


def test_robots_name_the_sitemap_and_the_portals_those_of_all(read):
    alpha, portal = read("/robots.txt"), read("/robots.txt", host="localhost")
    assert f"Sitemap: {ALPHA}/sitemap.xml" in alpha and "Disallow: /recherche/" in alpha
    assert "beta" not in alpha
    for host in ("localhost", "alpha.localhost", "beta.localhost"):
        assert f"Sitemap: http://{host}/sitemap.xml" in portal


def test_a_site_that_is_not_public_yet_lets_nobody_in(read, settings):
    settings.IS_INDEXED = False
    assert read("/robots.txt") == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/forums-emploi/", "/agenda/2024/forum-de-lemploi/"])
def test_an_address_that_leads_nowhere_offers_the_nearest_page(read, path):
    html = read(path, status=404)
    assert 'href="/agenda/forum-emploi/"' in html
    assert 'href="/en/agenda/forum-emploi/">The forum' in read(f"/en{path}", status=404)


def test_nearest_pages_are_public_ones_of_this_site(read):
    for path in ("/brouillons/", "/entre-nous-tous/", "/chez-betas/"):
        html = read(path, status=404)
        assert not any(words in html for words in ("Un brouillon", "Entre nous", "Chez beta"))


def test_a_page_that_is_not_found_costs_at_most_15_queries(read):
    read("/agenda/forums/", status=404)
    with CaptureQueriesContext(connection) as captured:
        read("/agenda/forums/", status=404)
    assert len(captured) <= 15
