"""The map with a keyboard alone, and what it says, asks and keeps of a visitor."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.screens import HOSTS, TERRITORY
from browser.test_agenda import reach
from browser.test_keyboard import DESK, PHONE, STOP, on_phone_and_desk

pytestmark = pytest.mark.browser

FOCUSED = "selector => document.activeElement.matches(selector)"
MARK = ".map .marker"
CARD = ".map .leaflet-popup a[href]"
# Where somebody stands, to the metre; and what the page may know of it.
STANDS, ROUNDED = {"latitude": 43.576543, "longitude": 1.401234}, "43.577,1.401"
# Two doors of one house, which no zoom parts, and one far away.
PLACES = [
    ("un", "Un", [1.4, 43.57]),
    ("deux", "Deux", [1.4, 43.57]),
    ("trois", "Trois", [1.41, 43.6]),
]
SQUARE = [[[1.39, 43.56], [1.41, 43.56], [1.41, 43.58], [1.39, 43.58], [1.39, 43.56]]]
CONTRAST = """() => {
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => {
            const value = part / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, other) => {
        const [more, less] = [light(one), light(other)].sort((a, b) => b - a);
        return (more + 0.05) / (less + 0.05);
    };
    const ground = getComputedStyle(document.querySelector('[data-canvas]')).backgroundColor;
    return [...document.querySelectorAll('.legend .pin')].map(pin => {
        const style = getComputedStyle(pin);
        const { color, backgroundColor } = style;
        return Math.min(ratio(backgroundColor, ground), ratio(color, backgroundColor));
    });
}"""


def features(rows, kind="Point", **properties):
    found = [
        {
            "type": "Feature",
            "id": key,
            "geometry": {"type": kind, "coordinates": coordinates},
            "properties": {"name": name, **properties},
        }
        for key, name, coordinates in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": found})


@pytest.fixture
def visit(witness, demo):
    def visit(path="/carte/", size=DESK, scheme="light"):
        tab = witness.context.new_page()
        tab.emulate_media(reduced_motion="reduce", color_scheme=scheme)
        tab.set_viewport_size(size)
        tab.goto(demo.address(HOSTS[TERRITORY], path))
        tab.locator(MARK).first.wait_for()
        return tab

    yield visit
    assert not witness.strangers
    assert not witness.errors


@pytest.fixture
def three_places(witness):
    """The map of three places and one neighbourhood, whatever the demo has."""
    places = features(PLACES, url="/carte/")
    quarters = features([("q", "Grand Carré", SQUARE)], kind="Polygon")
    kind = "application/geo+json"
    witness.context.route(
        "**/acteurs.geojson*", lambda route: route.fulfill(body=places, content_type=kind)
    )
    witness.context.route(
        "**/quartiers.geojson", lambda route: route.fulfill(body=quarters, content_type=kind)
    )


@on_phone_and_desk
def test_the_arrows_lead_from_mark_to_mark_and_escape_leads_back(visit, size):
    tab = visit(size=size)
    stop = reach(tab, MARK)
    assert stop["ring"] and stop["seen"]
    before = tab.evaluate("document.activeElement.dataset.key")
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        tab.keyboard.press(arrow)
        assert tab.evaluate(FOCUSED, MARK)
        if tab.evaluate("document.activeElement.dataset.key") != before:
            break
    else:
        raise AssertionError("No arrow leads to another mark.")
    for _cluster in range(20):
        label = tab.evaluate("document.activeElement.getAttribute('aria-label')")
        tab.keyboard.press("Enter")
        if "zoomer" not in label:
            break
        assert tab.evaluate(FOCUSED, MARK), label
    assert tab.evaluate(FOCUSED, CARD), label
    tab.keyboard.press("Escape")
    assert tab.evaluate(FOCUSED, MARK)
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == label
    # One stop for all the marks: the next one is beyond them.
    tab.keyboard.press("Tab")
    assert not tab.evaluate(FOCUSED, MARK)


def test_a_line_leads_to_its_mark_and_the_mark_to_its_line(visit):
    tab = visit()
    link = tab.locator("[data-show]").first
    name = tab.locator(".item[data-place]").first.locator("h2").inner_text()
    link.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate(FOCUSED, CARD)
    assert tab.locator(CARD).first.inner_text().split() == name.split()
    tab.keyboard.press("Escape")
    assert tab.evaluate(FOCUSED, "[data-show]")
    tab.keyboard.press("Enter")
    tab.locator("[data-line]").press("Enter")
    assert tab.evaluate(FOCUSED, ".item[data-place]:first-child h2 a")


def test_places_that_no_zoom_parts_open_as_a_list_and_the_count_in_sight_is_said(
    visit, three_places
):
    tab = visit()
    tab.get_by_text("3 lieux sur la carte", exact=True).wait_for(state="attached")
    group = tab.get_by_role("button", name="2 lieux ici, les voir")
    group.press("Enter")
    assert tab.locator(f"{CARD} b").all_inner_texts() == ["Un", "Deux"]
    tab.keyboard.press("Escape")
    assert tab.evaluate(FOCUSED, MARK)


def test_the_neighbourhoods_show_until_one_hides_them(visit, three_places):
    tab = visit()
    toggle = tab.get_by_role("button", name="Quartiers prioritaires")
    toggle.wait_for()
    assert toggle.get_attribute("aria-pressed") == "true"
    assert tab.locator("path.neighbourhood").count() == 1
    # A drawing without width is there and nobody sees it.
    drawing = tab.locator("svg:has(path.neighbourhood)")
    assert drawing.evaluate("svg => svg.getBoundingClientRect().width") > 100
    assert tab.get_by_text("Grand Carré").is_visible()
    toggle.press("Enter")
    assert toggle.get_attribute("aria-pressed") == "false"
    assert tab.locator("path.neighbourhood").count() == 0


def test_where_somebody_stands_is_rounded_and_told_to_nobody_before_they_say_so(visit, witness):
    witness.context.grant_permissions(["geolocation"])
    witness.context.set_geolocation(STANDS)
    asked = []
    witness.context.on("request", lambda request: asked.append(request.url))
    tab = visit()
    tab.get_by_role("button", name="Autour de moi").press("Enter")
    near = tab.get_by_role("link", name="Chercher autour d’ici")
    near.wait_for()
    assert near.get_attribute("href").endswith(f"/carte/?pres={ROUNDED}")
    assert not [url for url in asked if "pres=" in url or "43.5" in url]
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not witness.context.cookies()
    with tab.expect_navigation():
        near.press("Enter")
    assert tab.url.endswith(f"?pres={ROUNDED}")


def test_whoever_refuses_to_say_where_they_stand_is_told_what_else_to_do(visit, witness):
    witness.context.clear_permissions()
    tab = visit(size=PHONE)
    tab.get_by_role("button", name="Autour de moi").press("Enter")
    tab.get_by_text("Ce n’est pas grave").wait_for()
    assert not tab.get_by_role("link", name="Chercher autour d’ici").is_visible()
    tab.locator("[data-dismiss]").press("Enter")
    assert tab.evaluate(FOCUSED, "[data-locate]")


@pytest.mark.parametrize(
    ("path", "size", "scheme"), [("/carte/", DESK, "dark"), ("/ar/carte/", PHONE, "light")]
)
def test_with_everything_open_it_has_no_fault_and_marks_that_are_seen(visit, path, size, scheme):
    tab = visit(path, size, scheme)
    tab.locator("details.legend > summary").click()
    tab.locator("[data-show]").first.press("Enter")
    found = Axe().run(tab, context=".map")
    assert not found.response["violations"], found.generate_report()
    assert min(tab.evaluate(CONTRAST)) >= 3
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate(STOP)["ring"]


def test_without_script_the_list_says_everything_and_no_empty_map_shows(plain_page, demo):
    plain_page.goto(demo.address(HOSTS[TERRITORY], "/carte/"))
    assert not plain_page.locator(".map").is_visible()
    assert plain_page.locator(".item[data-place]").count() > 5
    link = plain_page.locator("[data-show]").first
    assert link.get_attribute("href").startswith("https://www.openstreetmap.org/?mlat=4")
