"""The search narrowed by its facets: at once with a keyboard, and without a script."""

import pytest
from browser.screens import HOSTS, TERRITORY
from browser.test_agenda import COUNT, number_in, reach
from browser.test_keyboard import on_phone_and_desk

pytestmark = pytest.mark.browser
ADDRESS = "/recherche/?q=permis"
FREE = "[data-filters] input[type=checkbox][name=gratuit]"
PROMISED = "label:has(input[name=gratuit]) .n [aria-hidden]"


@on_phone_and_desk
def test_a_facet_answers_at_once_and_keeps_the_words_and_the_focus(witness, demo, size):
    tab = witness.context.new_page()
    tab.set_viewport_size(size)
    tab.goto(demo.address(HOSTS[TERRITORY], ADDRESS))
    before = number_in(tab, COUNT)
    if size["width"] < 800:
        reach(tab, "details.filters > summary")
        tab.keyboard.press("Enter")
    reach(tab, FREE)
    promised = number_in(tab, PROMISED)
    assert 0 < promised < before
    tab.keyboard.press("Space")
    tab.wait_for_url("**/recherche/?gratuit=oui&q=permis")
    assert number_in(tab, COUNT) == promised
    assert tab.evaluate("selector => document.activeElement.matches(selector)", FREE)
    tab.get_by_role("link", name="Gratuit retirer ce filtre").click()
    assert number_in(tab, COUNT) == before
    assert not witness.errors and not witness.strangers


def test_without_a_script_the_button_of_the_form_does_it(browser, demo):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(demo.address(HOSTS[TERRITORY], ADDRESS))
    promised = number_in(tab, PROMISED)
    tab.locator(FREE).check()
    tab.get_by_role("button", name="Voir les résultats").click()
    assert "q=permis" in tab.url and "gratuit=oui" in tab.url
    assert number_in(tab, COUNT) == promised
    context.close()
