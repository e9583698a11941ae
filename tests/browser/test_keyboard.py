"""With a keyboard alone, and with everything four times as large."""

import pytest
from browser.screens import HOSTS, PORTAL, TERRITORY

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
# A desk's window of 1280 × 1024 when everything is four times as large.
ZOOMED = {"width": 320, "height": 256}
MOST_STOPS = 200
# WCAG 2.2 asks for 24 px; what is pressed all day long deserves a thumb's width.
THUMB = 44
on_phone_and_desk = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])

# What somebody sees of the element that has the focus. Nothing when the page itself has it.
STOP = """() => {
    const stop = document.activeElement;
    if (!stop || stop === document.body) return null;
    const label = stop.closest('label') || document.querySelector(`label[for="${stop.id}"]`);
    const boxes = [...stop.getClientRects()];
    const hit = boxes.some(box => [0.5, 0.1, 0.9].some(part => {
        const there = document.elementFromPoint(
            box.left + box.width * part, box.top + box.height / 2);
        return there && (stop.contains(there) || there.contains(stop) && there.matches('label'));
    }));
    const drawn = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    // A link that covers its tile draws the ring around the tile.
    const around = [stop, label, stop.closest('.item'), stop.closest('li')].filter(Boolean);
    const ring = around.some(element => drawn(getComputedStyle(element)))
        || drawn(getComputedStyle(stop, '::after'))
        // The calendar of a date field is a button of the browser, with a ring of its own.
        || stop.type === 'date' && !stop.matches(':focus-visible');
    return {
        what: stop.outerHTML.slice(0, 140),
        ring,
        seen: hit || Boolean(label && label.checkVisibility()),
    };
}"""


@pytest.fixture
def tab(witness, demo):
    tab = witness.context.new_page()
    tab.emulate_media(reduced_motion="reduce")
    return tab


@pytest.fixture
def visit(tab, demo):
    def visit(path: str = "/", size=PHONE, side: str = TERRITORY):
        tab.set_viewport_size(size)
        tab.goto(demo.address(HOSTS[side], path))
        return tab

    return visit


def stops(tab):
    """Each stop of the Tab key until the page is left, which it must be."""
    found = []
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop is None or (found and stop["what"] == found[0]["what"]):
            return found
        found.append(stop)
    raise AssertionError(f"After {MOST_STOPS} stops one is still inside: {found[-1]['what']}")


@on_phone_and_desk
@pytest.mark.parametrize("side", [PORTAL, TERRITORY])
def test_every_stop_of_the_home_is_seen_with_a_ring_and_the_page_can_be_left(visit, side, size):
    found = stops(visit("/", size, side))
    assert len(found) > 10
    assert not [stop for stop in found if not (stop["ring"] and stop["seen"])]


@on_phone_and_desk
def test_every_stop_of_a_filtered_list_is_seen_and_the_page_can_be_left(visit, size):
    found = stops(visit("/agenda/", size))
    assert not [stop for stop in found if not (stop["ring"] and stop["seen"])]


def test_the_first_stop_jumps_over_the_menus(visit):
    tab = visit()
    tab.keyboard.press("Tab")
    assert tab.locator(".skip").evaluate("link => link === document.activeElement")
    assert tab.evaluate(STOP)["seen"]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "contenu"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


@on_phone_and_desk
def test_each_menu_opens_with_enter_and_closes_with_escape(visit, size):
    tab = visit("/", size)
    menus = tab.locator("header details.pop > summary:visible")
    assert menus.count() >= 2
    for menu in menus.all():
        folded = menu.locator("xpath=..")
        menu.focus()
        tab.keyboard.press("Enter")
        assert folded.get_attribute("open") is not None
        tab.keyboard.press("Tab")
        assert folded.evaluate("menu => menu.contains(document.activeElement)")
        tab.keyboard.press("Escape")
        assert folded.get_attribute("open") is None
        assert menu.evaluate("menu => menu === document.activeElement")


def test_filters_open_choose_and_answer(visit):
    tab = visit("/agenda/")
    summary = tab.locator("details.filters > summary")
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if summary.evaluate("summary => summary === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    box = tab.locator("details.filters input[type=checkbox]").first
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    tab.keyboard.press("Space")
    assert box.is_checked()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert f"{box.get_attribute('name')}={box.get_attribute('value')}" in tab.url


def test_a_form_that_comes_back_reads_its_errors_first(visit):
    tab = visit("/espace-pro/connexion/")
    tab.locator("[name=username]").fill("personne@example.org")
    tab.locator("[name=password]").fill("faux")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.matches('[data-focus]')")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.matches('[data-focus] a, main *')")


@pytest.mark.parametrize("path", ["/", "/agenda/", "/guide/", "/carte/"])
def test_four_times_as_large_nothing_is_lost(visit, path):
    """What is there on a desk is there, and no bar takes half of the little that one sees."""
    tab = visit(path, DESK)
    there = """() => [...document.querySelectorAll('main :is(h1, h2, h3, p, a, button, input)')]
        .filter(element => element.checkVisibility() && !element.closest('details, .map, .vh'))
        .map(element => element.textContent.trim() || element.name)"""
    on_a_desk = tab.evaluate(there)
    tab.set_viewport_size(ZOOMED)
    lost = set(on_a_desk) - set(tab.evaluate(there))
    assert on_a_desk and not lost
    tab.evaluate("scrollTo(0, 600)")
    fixed = tab.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(element => ['fixed', 'sticky'].includes(getComputedStyle(element).position))
            .map(element => element.getBoundingClientRect())
            .filter(box => box.width > 200 && box.bottom > 0 && box.top < innerHeight)
            .reduce((sum, box) =>
                sum + Math.min(box.bottom, innerHeight) - Math.max(box.top, 0), 0)"""
    )
    assert fixed < ZOOMED["height"] / 2


def test_what_a_thumb_presses_is_as_wide_as_a_thumb(visit):
    tab = visit()
    small = tab.evaluate(
        """least => [...document.querySelectorAll(
                '.thumb a, header summary, .btn, button, input:not([type=hidden])')]
            .filter(element => element.checkVisibility() && !element.closest('.vh'))
            .map(element => [element.getBoundingClientRect(), element.outerHTML.slice(0, 100)])
            .filter(([box]) => box.width && (box.height < least || box.width < least))
            .map(([box, what]) => `${box.width} x ${box.height}: ${what}`)""",
        THUMB,
    )
    assert not small
