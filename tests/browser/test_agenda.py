"""The agenda with a keyboard alone: its filters answer at once, its month is walked through."""

import re

import pytest
from browser.screens import HOSTS, TERRITORY
from browser.test_keyboard import MOST_STOPS, STOP, on_phone_and_desk

pytestmark = pytest.mark.browser
BOX = "[data-filters] input[type=checkbox][name=gratuit]"
COUNT = '[role=status][data-swap="count"]'

LASTING = """() => {
    const heading = [...document.querySelectorAll('h2#jour ~ h2')]
        .find(heading => heading.textContent.includes('plusieurs mois'));
    const after = day => heading
        && heading.compareDocumentPosition(day) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll('h2#jour ~ .day .item')].filter(after).length;
}"""


@pytest.fixture
def visit(witness, demo):
    def visit(path, size):
        tab = witness.context.new_page()
        tab.emulate_media(reduced_motion="reduce")
        tab.set_viewport_size(size)
        tab.goto(demo.address(HOSTS[TERRITORY], path))
        return tab

    return visit


def reach(tab, selector):
    """Press Tab until the focus is there; what somebody sees of it then."""
    for _press in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return tab.evaluate(STOP)
    raise AssertionError(f"{MOST_STOPS} times Tab do not lead to {selector}")


def number_in(tab, selector):
    return int(re.search(r"\d+", tab.locator(selector).first.inner_text())[0])


@on_phone_and_desk
def test_a_filter_answers_at_once_says_how_many_are_left_and_keeps_the_focus(visit, size):
    tab = visit("/agenda/", size)
    before = number_in(tab, COUNT)
    if size["width"] < 800:
        reach(tab, "details.filters > summary")
        tab.keyboard.press("Enter")
    reach(tab, BOX)
    promised = number_in(tab, "label:has(input[name=gratuit]) .n [aria-hidden]")
    # A voice reads what changes within a node; it does not hear one that takes its place.
    tab.evaluate(f"() => {{ document.querySelector('{COUNT}').dataset.heard = 'yes' }}")
    tab.keyboard.press("Space")
    tab.wait_for_url("**/agenda/?gratuit=oui")
    assert number_in(tab, COUNT) == promised
    assert tab.locator(COUNT).get_attribute("data-heard") == "yes"
    assert tab.evaluate(f"() => document.activeElement.matches('{BOX}')")
    stop = tab.evaluate(STOP)
    assert stop["ring"] and stop["seen"]
    assert tab.locator(BOX).is_checked()
    # The address is the filter: the page that it names is the one that is shown.
    shown = tab.locator('[data-swap="results"]').inner_text()
    tab.reload()
    assert tab.locator('[data-swap="results"]').inner_text() == shown
    tab.go_back()
    tab.wait_for_url("**/agenda/")
    tab.wait_for_function(f"() => !document.querySelector('{BOX}').checked", timeout=10_000)
    assert number_in(tab, COUNT) == before


@on_phone_and_desk
def test_a_month_is_walked_through_and_a_day_chosen(visit, size):
    tab = visit("/agenda/?vue=mois", size)
    title = tab.locator("h2#mois").inner_text()
    assert reach(tab, "nav a[rel=next]")["ring"]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/agenda/?vue=mois&mois=*")
    assert tab.locator("h2#mois").inner_text() != title
    table = tab.get_by_role("table", name=tab.locator("h2#mois").inner_text())
    assert table.get_by_role("columnheader").count() == 7
    stop = reach(tab, ".month a.arch")
    assert stop["ring"] and stop["seen"]
    promised = int(
        re.search(r"(\d+) rendez-vous", tab.evaluate("document.activeElement.innerText"))[1]
    )
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/agenda/?*du=*#jour")
    assert tab.locator(".month a.arch[aria-current=true]").count() == 1
    assert tab.locator("h2#jour").is_visible()
    # What lasts for months is listed after them, and counted in no window.
    items = tab.locator("h2#jour ~ .day .item").count()
    lasting = tab.evaluate(LASTING)
    assert number_in(tab, COUNT) == items == promised + lasting
