"""Whoever hangs a poster finds it on their telephone, prints one sheet, or takes the file."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
SHEET = re.compile(rb"/Type\s*/Page\b")
WIDER = "document.documentElement.scrollWidth > innerWidth"

FETCH = """url => fetch(url).then(
    async answer => [answer.headers.get('content-type'), (await answer.text()).slice(0, 20)])"""


@pytest.fixture
def tab(witness):
    page = witness.context.new_page()
    yield page
    assert not witness.errors and not witness.strangers


@pytest.fixture
def sheet(demo, tab):
    """Opens the poster of the demo's fair, on a telephone."""

    def opened(language=""):
        tab.set_viewport_size({"width": 375, "height": 740})
        path = f"{language}/agenda/forum-emploi-au-pied-de-chez-vous/"
        tab.goto(demo.address("grand-mirail.localhost", path))
        tab.locator("a[href$='/affiche/']").click()
        return tab.locator("article.a4")

    return opened


@pytest.mark.parametrize("language", ["", "/ar"])
def test_a_poster_is_read_on_a_telephone_and_printed_on_one_sheet(tab, sheet, language):
    poster = sheet(language)
    assert poster.locator("h1").is_visible()
    event, label = poster.locator(".scan .code svg"), poster.locator(".proof .code svg")
    assert event.is_visible() and label.is_visible()
    # Nobody must wonder which one to scan.
    assert event.bounding_box()["width"] > 2 * label.bounding_box()["width"]
    assert "/label/" in poster.locator(".proof").inner_text()
    assert not tab.evaluate(WIDER)
    assert poster.get_attribute("dir") == ("rtl" if language else "ltr")
    assert tab.locator("[data-print]").is_visible()
    printed = tab.pdf(prefer_css_page_size=True, print_background=True)
    assert len(SHEET.findall(printed)) == 1


def test_the_files_of_a_poster_are_one_click_away(tab, sheet):
    sheet()
    for name, kind, begins in (
        ("affiche-a4.pdf", "application/pdf", "%PDF"),
        ("affiche-a5.pdf", "application/pdf", "%PDF"),
        ("affiche.svg", "image/svg+xml", "<?xml"),
    ):
        address = tab.locator(f"a[href$='/{name}']").evaluate("link => link.href")
        # By the browser, which knows where *.localhost is.
        answered, text = tab.evaluate(FETCH, address)
        assert answered.startswith(kind) and text.startswith(begins)
