"""Somebody who has no mouse finds where to learn to drive, near their neighbourhood."""

import re

import pytest
from browser.screens import HOSTS, TERRITORY
from browser.test_agenda import number_in, reach
from browser.test_keyboard import STOP, on_phone_and_desk

pytestmark = pytest.mark.browser
NEED = 'ul.mosaic a[href*="theme=mobilite"]'
PLACES = "[data-filters] select#pres"
COUNT = '[role=status][data-swap="count"]'
RESULTS = '[data-swap="results"]'


@pytest.fixture
def visit(witness, demo):
    def visit(path, size):
        tab = witness.context.new_page()
        tab.emulate_media(reduced_motion="reduce")
        tab.set_viewport_size(size)
        tab.goto(demo.address(HOSTS[TERRITORY], path))
        return tab

    return visit


def choose_a_neighbourhood(tab, size):
    """Go to the list of places with the keyboard, and choose the first neighbourhood there."""
    if size["width"] < 800:
        reach(tab, "details.filters:has([data-filters]) > summary")
        tab.keyboard.press("Enter")
    reach(tab, PLACES)
    stop = tab.evaluate(STOP)
    assert stop["ring"] and stop["seen"]
    wanted = tab.locator(f'{PLACES} option[value^="quartier-"]').first.text_content()
    tab.keyboard.type(wanted)
    tab.keyboard.press("Tab")
    tab.wait_for_url(re.compile(r"pres=quartier-"))


@on_phone_and_desk
def test_a_driving_service_near_a_neighbourhood_is_found_on_the_list(visit, size):
    tab = visit("/guide/", size)
    assert reach(tab, NEED)["ring"]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/guide/?theme=mobilite")
    choose_a_neighbourhood(tab, size)
    found = number_in(tab, COUNT)
    assert found == tab.locator(f"{RESULTS} .lines > .item").count() > 0
    # What is announced is what is seen: each line tells how far it is, the nearest first.
    told = tab.locator(f"{RESULTS} .lines > .item .meta").all_inner_texts()
    assert all(re.search(r"\(à [\d,]+ k?m\)", line.replace("\u00a0", " ")) for line in told)
    reach(tab, f"{RESULTS} .lines .item a")
    title = tab.evaluate("() => document.activeElement.textContent")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/guide/[\w-]+/$"))
    assert tab.locator("h1").inner_text() == title


@on_phone_and_desk
def test_it_is_found_on_the_map_too(visit, size):
    tab = visit("/guide/?theme=mobilite", size)
    choose_a_neighbourhood(tab, size)
    found = number_in(tab, COUNT)
    reach(tab, '.view a[href*="vue=carte"]')
    tab.keyboard.press("Enter")
    tab.wait_for_url("**vue=carte**")
    # The same services, place by place: what the list named is named beside the map.
    assert number_in(tab, COUNT) == found
    tab.locator(".map.ready").wait_for()
    tab.locator("[data-canvas] .marker").first.wait_for()
    reach(tab, "[data-canvas] .marker, [data-canvas] .marker *")
    tab.keyboard.press("Enter")
    card = tab.locator(".leaflet-popup a[href]").first
    card.wait_for()
    assert tab.evaluate("() => Boolean(document.activeElement.closest('.leaflet-popup'))")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**rayon=0**")
    assert tab.locator(f"{RESULTS} .lines > .item").count() > 0
