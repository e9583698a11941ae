"""From a home page to the pages behind it, by links alone."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page

TERRITORY = "Grand Mirail"
LETTER = re.compile("lettre", re.IGNORECASE)
# Under which index page a thing of each kind is found.
INDEXES = {"event": "agenda", "service": "guide", "actor": "carte"}


def links(page: Page, within: str) -> list[tuple[str, str]]:
    """(address, text) of every link, hidden menus included: a phone's menu is folded."""
    found = page.locator(f"{within} a[href]").evaluate_all(
        # Not link.href: a link drawn on a map is an SVG element, whose href is an object.
        "links => links.map(link => [new URL(link.getAttribute('href'), document.baseURI).href,"
        " link.textContent.trim()])"
    )
    return [(address.split("#")[0], text) for address, text in found]


def below(page: Page, index: str) -> list[str]:
    """Pages one step below an index page, linked from what is on screen now."""
    pattern = re.compile(rf"^/{index}/(?:[\w-]+/)*[\w-]+/$")
    return [
        address
        for address, _ in links(page, "main")
        if pattern.match(urlsplit(address).path) and not urlsplit(address).query
    ]


def explore(page: Page, portal: str) -> dict[tuple[str, str], str]:
    page.goto(portal)
    ways = {("portal", "home"): portal}
    ways |= {("portal", place): address for place, address in menu(page).items()}
    ways["portal", "agenda"] = f"{portal}agenda/"
    ways["portal", "search"] = f"{portal}recherche/?q=permis"
    home = next(address for address, text in links(page, "body") if TERRITORY in text)

    page.goto(home)
    ways["territory", "home"] = home
    ways["territory", "search"] = f"{home}recherche/?q=permis"
    places = menu(page)
    ways |= {("territory", place): address for place, address in places.items()}
    if letters := [address for address, text in links(page, "main") if LETTER.search(text)]:
        ways["territory", "letter"] = letters[0]
    for kind, index in INDEXES.items():
        if index in places:
            page.goto(places[index])
            if found := below(page, index):
                ways["territory", kind] = found[0]
    return ways


def menu(page: Page) -> dict[str, str]:
    """The index pages that the menu leads to."""
    paths = {urlsplit(address).path.strip("/"): address for address, _ in links(page, "nav")}
    return {place: paths[place] for place in INDEXES.values() if place in paths}
