"""What a visitor meets who follows the menu (test_every_template.py has the rest)."""

import pytest
from browser.ways import below

pytestmark = pytest.mark.browser


def address(ways, site: str, place: str) -> str:
    assert (site, place) in ways, f"No link leads to « {place} »: {sorted(ways)}"
    return ways[site, place]


@pytest.mark.parametrize("place", ["event", "service", "actor", "letter", "search"])
def test_links_lead_there(ways, place):
    assert address(ways, "territory", place)


@pytest.mark.parametrize("place", ["agenda", "guide", "carte"])
def test_the_list_is_there_without_javascript(plain_page, ways, place):
    plain_page.goto(address(ways, "territory", place))
    assert below(plain_page, place)


def test_search_answers_without_javascript(plain_page, ways):
    plain_page.goto(address(ways, "territory", "home"))
    plain_page.locator("[role=search] input[name=q]:visible").first.fill("permis")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url("**/recherche/?q=permis*")
    assert any(below(plain_page, index) for index in ("agenda", "guide", "carte"))


def test_the_portal_lists_events_of_several_territories_without_javascript(plain_page, ways):
    plain_page.goto(address(ways, "portal", "agenda"))
    hosts = {event.split("/")[2] for event in below(plain_page, "agenda")}
    assert len(hosts) > 1
