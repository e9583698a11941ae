"""Four things that residents come to do, on a telephone, from the home page, by what they see.

docs/usability.md tells what each costs, and what was changed because of it.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from browser.resident import HEIGHT, REACH, WIDTH, Resident
from icalendar import Calendar
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CAEN, MIRAIL = "caen-la-mer.localhost", "grand-mirail.localhost"
LEAST_TARGET = 44


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def resident(browser, request) -> Iterator[Resident]:
    context = browser.new_context(
        locale="fr-FR",
        viewport={"width": WIDTH, "height": HEIGHT},
        has_touch=True,
        java_script_enabled=request.param,
    )
    resident = Resident(context.new_page())
    yield resident
    print(f"\n{request.node.name}: {resident.taps} taps, {resident.screens} screens scrolled")
    context.close()


class TestFindADrivingLicenceAidNearColombelles:
    def test_by_saying_so(self, resident, demo):
        resident.opens(demo.address(CAEN))
        search = resident.page.get_by_role("main").get_by_role("search")
        # Where scripts run, the field offers a list once one is in it.
        field = search.get_by_role("searchbox").or_(search.get_by_role("combobox"))
        resident.write(field, "permis colombelles")
        resident.tap(search.get_by_role("button", name="Chercher"))
        resident.tap(resident.in_the_main("Permis pour l’emploi"))
        self.sees_the_aid(resident)
        assert resident.taps == 3
        assert resident.screens <= 2

    def test_by_what_one_needs(self, resident, demo):
        resident.opens(demo.address(CAEN))
        resident.tap(resident.in_the_main("Passer le permis, me déplacer"))
        filters = resident.page.locator("details.filters").filter(has_text="Voir les résultats")
        resident.tap(filters.locator("summary"))
        resident.tap(filters.get_by_role("checkbox", name="Colombelles"))
        resident.tap(filters.get_by_role("button", name="Voir les résultats"))
        resident.tap(resident.in_the_main("Permis pour l’emploi"))
        self.sees_the_aid(resident)
        assert resident.taps == 5
        assert resident.screens <= 6

    def sees_the_aid(self, resident):
        resident.sees("Permis pour l’emploi", level=1)
        main = resident.page.get_by_role("main")
        expect(main.get_by_text("Colombelles").first).to_be_visible()
        expect(main.locator("a[href^='tel:']").first).to_be_visible()


def test_put_the_forum_in_the_calendar(resident, demo):
    resident.opens(demo.address(MIRAIL))
    resident.tap_in_the_bar("Agenda")
    resident.tap(resident.in_the_main("Forum « L’emploi au pied de chez vous »"))
    resident.sees("L’emploi au pied de chez vous", level=1)
    with resident.page.expect_download() as download:
        resident.tap(resident.page.get_by_role("link", name="Ajouter à mon téléphone"))
    calendar = Calendar.from_ical(Path(download.value.path()).read_bytes())
    [event] = calendar.walk("VEVENT")

    day = resident.page.locator("main time").first.get_attribute("datetime")
    said = resident.page.get_by_role("main").inner_text()
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert start.date().isoformat() == day[:10]
    assert "Forum" in event["SUMMARY"] and event["LOCATION"]
    # The hour of Toulouse, named: a telephone that travels does not move it.
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert start.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    for moment in (start, end):
        assert re.search(
            rf"\b{moment.hour}\s?h{f'.{moment.minute:02}' if moment.minute else ''}", said
        )
    assert resident.taps == 3
    assert resident.screens <= 4


class TestReadInArabic:
    def choose_arabic(self, resident, demo):
        resident.opens(demo.address(MIRAIL))
        top = resident.page.get_by_role("banner")
        resident.tap(top.locator("summary", has_text="Français"))
        # In its own name: who needs it need not read French.
        resident.tap(top.get_by_role("link", name=re.compile("العربي")))
        page = resident.page.locator("html")
        expect(page).to_have_attribute("lang", "ar")
        expect(page).to_have_attribute("dir", "rtl")

    def test_a_page_in_arabic(self, resident, demo):
        self.choose_arabic(resident, demo)
        heading = resident.page.get_by_role("heading", level=1)
        assert re.search("[\u0600-\u06ff]", heading.inner_text())
        assert (resident.taps, resident.screens) == (2, 0)

    def test_a_page_that_is_in_french_alone_says_so(self, resident, demo):
        self.choose_arabic(resident, demo)
        resident.bar.get_by_role("link").first.tap()
        french = resident.page.locator("main .item a:has([lang=fr])").first
        title = french.inner_text()
        french.tap()
        note = resident.page.locator("main .note").first
        assert re.search("[\u0600-\u06ff]", note.inner_text())
        expect(resident.page.locator("html")).to_have_attribute("lang", "ar")
        heading = resident.page.get_by_role("heading", level=1)
        assert heading.inner_text() == title
        assert heading.evaluate("node => node.closest('[lang]').lang") == "fr"
        assert heading.evaluate("node => getComputedStyle(node).direction") == "ltr"


class TestRingSomebody:
    def rings_at_once(self, resident):
        call = resident.bar.get_by_role("link", name="Appeler")
        box = call.bounding_box()
        assert box["y"] > REACH and box["y"] + box["height"] <= HEIGHT
        assert min(box["width"], box["height"]) >= LEAST_TARGET
        assert re.fullmatch(r"tel:\+33\d{9}", call.get_attribute("href"))

    def test_from_home_from_an_aid_and_from_an_event(self, resident, demo):
        resident.opens(demo.address(MIRAIL))
        self.rings_at_once(resident)
        for place in ("Guide", "Agenda"):
            resident.tap_in_the_bar(place)
            self.rings_at_once(resident)
            resident.page.locator("main .item a").first.tap()
            resident.page.wait_for_url("**/*-*/")
            self.rings_at_once(resident)
            # And whoever answers for this very thing, written in the page.
            expect(resident.page.locator("main a[href^='tel:']").first).to_be_visible()
        assert resident.screens == 0
