"""What the search offers while one types: with a keyboard, read aloud, and without a script."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser.screens import HOSTS, TERRITORY
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def field(demo, witness):
    page = witness.context.new_page()
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(demo.address(HOSTS[TERRITORY], "/recherche/"))
    yield page.locator("#search-q")
    assert not witness.errors and not witness.strangers


def options(field):
    return field.page.get_by_role("listbox").get_by_role("option")


def test_a_record_is_reached_with_the_keyboard(field):
    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    field.press_sequentially("perm")
    expect(options(field).first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field.page.locator(".search [role=status]")).to_contain_text("proposition")
    field.press("ArrowDown")
    first = options(field).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    field.page.evaluate(AXE_SCRIPT)
    found = field.page.evaluate("axe.run('.search').then(found => found.violations)")
    assert not found, found
    field.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    url = first.get_attribute("data-url")
    field.press("Enter")
    field.page.wait_for_url(f"**{url}")


def test_escape_closes_and_enter_searches_for_what_was_typed(field):
    field.press_sequentially("perm")
    expect(options(field).first).to_be_visible()
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("perm")
    field.press("Enter")
    field.page.wait_for_url("**/recherche/?q=perm")


def test_a_finger_chooses_too(field):
    field.press_sequentially("garde")
    options(field).first.click()
    expect(field.page.locator("h1")).to_be_visible()
    assert "/recherche/" not in field.page.url
