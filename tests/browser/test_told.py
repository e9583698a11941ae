"""How a search ended is told once, and nothing else is."""

from urllib.parse import parse_qs, urlsplit

import pytest
from browser.screens import HOSTS, TERRITORY
from browser.test_search import FREE
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TOLD = "/recherche/suite/"
ANSWER = "[data-told] .item h3 a, [data-told] .item h2 a"


# What a page sends while it is left, nobody beside it sees: it is written down where it is sent.
WRITTEN_DOWN = """
const send = navigator.sendBeacon.bind(navigator);
navigator.sendBeacon = (address, said) => {
  const before = localStorage.getItem("said") ?? "";
  localStorage.setItem("said", `${before}${address}?${said}\n`);
  return send(address, said);
};
"""


class Visitor:
    def __init__(self, context, demo) -> None:
        self.demo = demo
        context.add_init_script(WRITTEN_DOWN)
        self.tab: Page = context.new_page()

    def go(self, path: str) -> None:
        self.tab.goto(self.demo.address(HOSTS[TERRITORY], path))

    def leave(self) -> None:
        self.go("/accessibilite/")

    @property
    def said(self) -> list[str]:
        lines = self.tab.evaluate("localStorage.getItem('said') ?? ''").splitlines()
        return [ending_of(line) for line in lines]


def ending_of(line: str) -> str:
    address = urlsplit(line)
    form = parse_qs(address.query, strict_parsing=True)
    assert address.path == TOLD and form.keys() == {"stamp", "ending"}
    return form["ending"][0]


@pytest.fixture
def visitor(witness, demo):
    visitor = Visitor(witness.context, demo)
    yield visitor
    assert not witness.errors and not witness.strangers and not witness.context.cookies()


def test_that_nothing_was_found_is_told_at_once_and_once(visitor):
    visitor.go("/recherche/?q=zzyzxqw")
    assert visitor.said == ["without_result"]
    visitor.leave()
    assert visitor.said == ["without_result"]


def test_who_opens_nothing_is_told_of_when_they_leave(visitor):
    visitor.go("/recherche/?q=permis")
    assert visitor.said == []
    visitor.leave()
    assert visitor.said == ["without_click"]


def test_who_opens_an_answer_is_told_of_once_even_when_they_come_back(visitor):
    visitor.go("/recherche/?q=permis")
    visitor.tab.locator(ANSWER).first.click()
    expect(visitor.tab.locator("[data-told]")).to_have_count(0)
    assert visitor.said == ["opened"]
    visitor.tab.go_back()
    visitor.tab.reload()
    visitor.leave()
    assert visitor.said == ["opened"]


def test_an_answer_opened_beside_is_opened_too(visitor):
    visitor.go("/recherche/?q=permis")
    with visitor.tab.context.expect_page():
        visitor.tab.locator(ANSWER).first.click(button="middle")
    visitor.leave()
    assert visitor.said == ["opened"]


def test_who_narrows_the_search_goes_on_with_it(visitor):
    visitor.go("/recherche/?q=permis")
    visitor.tab.locator("details.filters").evaluate("details => { details.open = true }")
    visitor.tab.locator(FREE).check()
    visitor.tab.wait_for_url("**/recherche/?gratuit=oui&q=permis")
    assert visitor.said == []
    visitor.tab.locator(ANSWER).first.click()
    expect(visitor.tab.locator("[data-told]")).to_have_count(0)
    assert visitor.said == ["opened"]


def test_of_a_further_page_nothing_is_told(visitor):
    visitor.go("/recherche/?q=permis")
    visitor.tab.locator("[data-told] a[rel=next]").click()
    visitor.tab.wait_for_url("**page=2**")
    visitor.leave()
    assert visitor.said == []
