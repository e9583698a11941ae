"""What search engines and messages read in the head of a page."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

HOSTILE = 'Forum </script><script>alert("x")</script> & <!-- "'

ALPHA = "http://alpha.localhost"
REQUIRED = {
    # https://developers.google.com/search/docs/appearance/structured-data/event
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "organizer"},
    "GovernmentService": {"name", "serviceOperator", "provider", "availableChannel"},
    "Organization": {"name", "url", "address", "location"},
    "WebSite": {"name", "url", "potentialAction"},
    "GovernmentOrganization": {"name", "url", "logo"},
    "BreadcrumbList": {"itemListElement"},
}


def meta(html, name):
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', html)
    return found and found[1]


def canonical(html):
    return re.search(r'<link rel="canonical" href="([^"]*)"', html)[1]


def alternates(html):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', html))


def data(html):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return {facts["@type"]: facts for facts in json.loads(block[1])["@graph"]}


def test_a_page_names_one_absolute_address_and_its_written_languages(read):
    french, english = read("/agenda/forum-emploi/?utm=x"), read("/en/agenda/forum-emploi/")
    assert canonical(french) == f"{ALPHA}/agenda/forum-emploi/"
    assert canonical(english) == f"{ALPHA}/en/agenda/forum-emploi/"
    assert alternates(french) == alternates(english)
    assert alternates(french) == {
        "en": f"{ALPHA}/en/agenda/forum-emploi/",
        "fr": f"{ALPHA}/agenda/forum-emploi/",
        "x-default": f"{ALPHA}/agenda/forum-emploi/",
    }
    assert set(alternates(read("/"))) == {"ar", "en", "fr", "x-default"}


def test_an_untranslated_page_leads_to_the_french_one_and_claims_no_language(read):
    for path in ("/ar/agenda/forum-emploi/", "/ar/une-page/"):
        html = read(path)
        assert canonical(html) == ALPHA + path.removeprefix("/ar")
        assert not alternates(html)
    assert not alternates(read("/une-page/"))


@pytest.mark.parametrize(
    ("asked", "kept", "robots"),
    [
        ("?theme=mobilite&utm=x", "?theme=mobilite", "index"),
        ("?theme=mobilite&public=jeunes", "?theme=mobilite&amp;public=jeunes", "noindex"),
        ("?theme=nonsense", "", "noindex"),
        ("?page=9", "", "index"),
    ],
)
def test_a_list_keeps_what_makes_it_another_list(read, asked, kept, robots):
    html = read(f"/guide/{asked}")
    assert canonical(html) in {
        f"{ALPHA}/guide/{kept}",
        f"{ALPHA}/guide/{kept}".replace(
            "?theme=mobilite&amp;public=jeunes", "?public=jeunes&amp;theme=mobilite"
        ),
    }
    assert meta(html, "robots") == f"{robots}, follow"


def test_a_passing_period_and_a_search_are_not_worth_finding(read):
    assert meta(read("/agenda/?periode=30-jours"), "robots").startswith("noindex")
    assert meta(read("/recherche/?q=forum"), "robots").startswith("noindex")
    assert meta(read("/rien-ici/", status=404), "robots").startswith("noindex")
    assert canonical(read("/agenda/?passes=1")).endswith("/agenda/?passes=1")


def test_a_message_shows_a_title_a_sentence_and_a_picture(read):
    html = read("/une-page/")
    assert meta(html, "og:title") == "Une page"
    assert meta(html, "og:description") == meta(html, "description") == "Bon."
    assert meta(html, "og:url") == f"{ALPHA}/une-page/"
    assert meta(html, "og:image").startswith(f"{ALPHA}/partage/")
    assert meta(html, "og:locale") == "fr_FR"
    assert meta(html, "twitter:card") == "summary_large_image"
    english = read("/en/agenda/forum-emploi/")
    assert meta(english, "og:locale") == "en_GB"
    assert meta(english, "og:locale:alternate") == "fr_FR"


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/", {"WebSite", "GovernmentOrganization"}),
        ("/agenda/forum-emploi/", {"Event", "BreadcrumbList"}),
        ("/guide/permis/", {"GovernmentService", "BreadcrumbList"}),
        ("/acteurs/la-maison/", {"Organization", "BreadcrumbList"}),
        ("/une-page/", {"BreadcrumbList"}),
    ],
)
def test_each_kind_of_page_says_what_search_engines_require(world, read, path, kinds):
    if path.startswith("/acteurs"):
        path = world["actor"].get_url_parts()[2]
    found = data(read(path))
    assert set(found) == kinds
    for kind, facts in found.items():
        assert {name for name in REQUIRED[kind] if facts.get(name)} == REQUIRED[kind]


def test_an_event_says_when_where_and_that_it_is_free(read):
    event = data(read("/agenda/forum-emploi/"))["Event"]
    assert event["name"] == HOSTILE  # and the block was not closed by it
    assert event["startDate"].endswith(("+01:00", "+02:00"))
    assert event["startDate"] > timezone.now().isoformat()
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["offers"]["price"] == 0
    assert event["location"]["address"]["addressLocality"] == "Toulouse"


def test_an_actor_says_its_hours(world, read):
    facts = data(read(world["actor"].get_url_parts()[2]))["Organization"]
    assert facts["location"]["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["Monday", "Tuesday", "Wednesday"],
            "opens": "09:00",
            "closes": "12:30",
        }
    ]


def test_the_path_leads_from_home_to_the_page(read):
    steps = data(read("/guide/permis/"))["BreadcrumbList"]["itemListElement"]
    assert [step["item"].removeprefix(ALPHA) for step in steps] == [
        "/",
        "/guide/",
        "/guide/permis/",
    ]


def test_the_head_costs_no_query(read, monkeypatch):
    def count(path):
        read(path)
        with CaptureQueriesContext(connection) as captured:
            read(path)
        return len(captured)

    paths = ("/", "/agenda/forum-emploi/", "/en/agenda/forum-emploi/", "/guide/?theme=mobilite",
             "/guide/permis/")  # fmt: skip
    with_head = [count(path) for path in paths]
    monkeypatch.setattr("territories.templatetags.territories.Head", lambda context: None)
    assert [count(path) for path in paths] == with_head


def test_a_page_is_sent_by_links_that_need_no_script(read):
    html = read("/agenda/forum-emploi/")
    assert 'href="sms:?&amp;body=Forum%20%3C%2Fscript' in html
    assert "http%3A%2F%2Falpha.localhost%2Fagenda%2Fforum-emploi%2F" in html
    assert 'href="mailto:?subject=Forum%20' in html and 'href="https://wa.me/?text=Forum' in html
    other = read("/guide/permis/")
    assert 'id="partager"' in other
    assert "%20%3A%20http%3A%2F%2Falpha.localhost%2Fguide%2Fpermis%2F" in other
