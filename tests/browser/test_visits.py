"""What a visitor meets, on a phone and on a desk, with and without JavaScript."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.ways import below

pytestmark = pytest.mark.browser

PHONE, DESK, NARROW = 375, 1280, 320
HEIGHTS = {PHONE: 740, DESK: 900, NARROW: 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLACES = [
    *(("portal", place) for place in ("home", "agenda", "search")),
    *(
        ("territory", place)
        for place in (
            *("home", "agenda", "event", "guide", "service"),
            *("carte", "actor", "search", "letter"),
        )
    ),
]
every_place = pytest.mark.parametrize(
    ("site", "place"), PLACES, ids=[f"{site}-{place}" for site, place in PLACES]
)
on_phone_and_desk = pytest.mark.parametrize("width", [PHONE, DESK])


def address(ways, site: str, place: str) -> str:
    assert (site, place) in ways, f"No link leads to « {place} »: {sorted(ways)}"
    return ways[site, place]


def size(width: int) -> dict[str, int]:
    return {"width": width, "height": HEIGHTS[width]}


@on_phone_and_desk
@every_place
def test_page_answers_without_error_nor_third_party(witness, ways, site, place, width):
    page = witness.context.new_page()
    page.set_viewport_size(size(width))
    response = page.goto(address(ways, site, place), wait_until="networkidle")
    assert response.status == 200
    assert page.title()
    assert witness.errors == []
    assert witness.strangers == set()


@on_phone_and_desk
@every_place
def test_axe_finds_nothing(unguarded_page, ways, site, place, width):
    page = unguarded_page
    page.set_viewport_size(size(width))
    page.goto(address(ways, site, place), wait_until="networkidle")
    assert_axe_finds_nothing(page)


def assert_axe_finds_nothing(page):
    # Fixed at the foot of phones, it hides whatever axe measures under it.
    page.add_style_tag(content=".thumb { position: static }")
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
    result = Axe().run(page, options=options)
    assert not result.response["violations"], sentences(result.response["violations"])


def sentences(violations: list[dict]) -> str:
    return "\n".join(
        f"{violation['id']} ({violation['impact']}): {node['html'][:200]}\n  "
        + node["failureSummary"].replace("\n", "\n  ")
        for violation in violations
        for node in violation["nodes"][:3]
    )


@every_place
def test_page_never_scrolls_sideways_on_a_narrow_phone(unguarded_page, ways, site, place):
    page = unguarded_page
    page.set_viewport_size(size(NARROW))
    page.goto(address(ways, site, place), wait_until="networkidle")
    assert_it_never_scrolls_sideways(page)


def assert_it_never_scrolls_sideways(page):
    # Unlike scrollWidth, an attempt to scroll forgives what is hidden on purpose; a page that is
    # read from right to left scrolls the other way.
    for far in (1000, -1000):
        page.evaluate("far => scrollTo(far, 0)", far)
        assert page.evaluate("scrollX") == 0, page.evaluate(
            """() => [...document.body.querySelectorAll('*')]
                .filter(element => {
                    const box = element.getBoundingClientRect();
                    return box.right > innerWidth + 1 || box.left < -1;
                })
                .slice(0, 5).map(element => element.outerHTML.slice(0, 120)).join('\\n')"""
        )


@pytest.mark.parametrize("language", ["en", "ar"])
@every_place
def test_other_languages_fit_a_narrow_phone_and_axe(unguarded_page, ways, site, place, language):
    page = unguarded_page
    page.set_viewport_size(size(NARROW))
    parts = urlsplit(address(ways, site, place))
    page.goto(parts._replace(path=f"/{language}{parts.path}").geturl(), wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == language
    assert_it_never_scrolls_sideways(page)
    assert_axe_finds_nothing(page)


class TestWithoutJavaScript:
    @pytest.mark.parametrize("place", ["agenda", "guide", "carte"])
    def test_list_is_there(self, plain_page, ways, place):
        plain_page.goto(address(ways, "territory", place))
        assert below(plain_page, place)

    def test_search_answers(self, plain_page, ways):
        plain_page.goto(address(ways, "territory", "home"))
        plain_page.locator("[role=search] input[name=q]:visible").first.fill("permis")
        plain_page.keyboard.press("Enter")
        plain_page.wait_for_url("**/recherche/?q=permis*")
        assert any(below(plain_page, index) for index in ("agenda", "guide", "carte"))

    def test_portal_lists_events_of_several_territories(self, plain_page, ways):
        plain_page.goto(address(ways, "portal", "agenda"))
        hosts = {event.split("/")[2] for event in below(plain_page, "agenda")}
        assert len(hosts) > 1
