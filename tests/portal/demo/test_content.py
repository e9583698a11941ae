"""What the demo's data files promise, held on the files alone: nothing here asks a database."""

import io
import re
from collections import Counter

import pytest
from demo_data import blocks, everything, is_past, kilometres, places

from portal.demo.pictures import draw
from portal.demo.pictures.scenes import SCENES
from portal.demo.translating import languages

# Numbers that Arcep keeps for works of fiction, and those that everybody in France knows.
FICTION = ("01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49", "06 39 98")
PUBLIC_NUMBERS = {"112", "114", "115", "39 28", "3919"}
# The second has a video that shows how videos are shown.
SITES = {"example.org", "framatube.org"}
# How far, in km, a place may be from a neighbourhood of its own commune.
REACH = 2.5
PICTURE_WEIGHT = 40_960


def test_every_territory_has_what_the_demo_promises(content):
    assert len(content.events) >= 20 and len(content.actors) >= 25
    assert len(content.services) >= 50 and len(content.pages) >= 20
    assert {"scheduled", "cancelled", "full"} <= {event["status"] for event in content.events}
    assert sum(is_past(event) for event in content.events) >= 2
    assert sum(any(when.get("repeat") for when in e["dates"]) for e in content.events) >= 3
    labelled = [event for event in content.events if "label" in event]
    assert 3 <= len(labelled) < len(content.events)
    for event in labelled:
        assert event["label"]["mandatory"] == [1, 2, 3, 4]
        assert event["label"]["optional"] and set(event["label"]["optional"]) <= set(range(1, 9))
        assert event["label"]["reasons"]


def test_whatever_is_named_exists_once(content):
    kinds = (content.actors, content.services, content.events, content.pages)
    for facts in (*kinds, content.news, content.stories):
        assert not [name for name, times in Counter(f["slug"] for f in facts).items() if times > 1]
    actors = {fact["slug"] for fact in content.actors}
    assert {fact["structure"] for fact in content.services} <= actors
    given = [place for fact in content.services for place in fact.get("places", [])]
    assert {place["actor"] for place in given if "actor" in place} <= actors
    assert any(place.get("is_itinerant") for place in given)
    assert any("weekday" in place for place in given)
    assert {event["organiser"] for event in content.events} <= actors
    assert {event["place"] for event in content.events if "place" in event} <= actors
    assert all("place" in event or "address" in event for event in content.events)
    beside = [
        slug
        for event in content.events
        for slug in (*event.get("co_organisers", ()), *event.get("partners", ()))
    ]
    assert set(beside) <= actors
    meetings = content.private["event"]
    assert meetings and {one[name] for one in meetings for name in ("organiser", "place")} <= actors
    assert {actor for story in content.stories for actor in story["actors"]} <= actors
    for route in content.routes:
        stops = {stop["actor"] for stop in route["stop"]}
        assert stops <= actors
        for words in languages(content.territory["slug"]).values():
            (said,) = (one for one in words["route"] if one["slug"] == route["slug"])
            assert said["stops"].keys() == stops
    minutes = {fact["slug"] for fact in content.private["page"]}
    assert {fact["parent"] for fact in content.private["page"] if "parent" in fact} <= minutes


def test_the_facts_of_practice_sheets_are_those_of_a_report(content):
    labelled = {event["slug"] for event in content.events if "label" in event}
    said = {(one["event"], one["moment"]) for one in content.reports}
    carried = [one["report"] for one in content.practice["sheet"] if "report" in one]
    assert carried and not any("facts" in one for one in content.practice["sheet"])
    assert {(one["event"], one["moment"]) for one in carried} <= said
    assert {one["event"] for one in content.reports} <= labelled


def test_an_event_of_each_territory_shows_every_field_and_aims_at_its_own_places(content):
    places = {place["name"] for place in content.territory["neighbourhoods"]}
    assert {name for event in content.events for name in event.get("aimed_at", [])} <= places
    shown = {"sectors", "aimed_at", "co_organisers", "partners", "conditions", "accessibility"}
    shown |= {"access_details", "childcare", "mobility_help", "registration_email"}
    shown |= {"contact_name", "phone", "email"}
    assert any(shown <= event.keys() for event in content.events)


def test_links_and_lists_lead_to_pages_of_the_territory(slug, content):
    pages = {fact["slug"] for fact in content.pages}
    addresses = {f"/{name}/" for name in pages}
    for folder, facts in (
        ("agenda", content.events),
        ("guide", content.services),
        ("carte", content.actors),
        ("actualites", content.news),
        ("parcours", content.stories),
    ):
        addresses |= {f"/{folder}/{fact['slug']}/" for fact in facts}
    translated = {
        f"/{language}/{fact['slug']}/"
        for language, words in languages(slug).items()
        for fact in words["page"]
    }
    linked = set()
    for path, text in everything(slug):
        for target in re.findall(r'href="(/[^"]*)"', text):
            assert target in addresses | translated, f"{path}: {target}"
            linked.add(target)
    for _language, block in blocks(slug, "page_list"):
        assert set(block["pages"]) <= pages
        linked |= {f"/{name}/" for name in block["pages"]}
    linked |= {f"/{fact['slug']}/" for fact in content.pages if fact["in_menu"]}
    assert {f"/{name}/" for name in pages} <= linked, "a page that nothing leads to"


def test_telephone_numbers_ring_nowhere(slug):
    for path, text in everything(slug):
        field = path.rsplit("/", 1)[-1]
        if field in {"telephone", "phone", "registration_phone"} and text:
            assert re.fullmatch(r"0\d(?: \d\d){4}", text), f"{path}: {text}"
        for number in re.findall(r"\b0\d(?: \d\d){4}\b", text):
            assert number.startswith(FICTION), f"{path}: {number}"
        for digits, shown in re.findall(r'href="tel:\+33(\d{9})">([^<]*)<', text):
            assert shown.replace(" ", "") == f"0{digits}", f"{path}: {shown}"
        for number in re.findall(r"\b(?:le|au) (1[01]\d|3\d ?\d\d)\b(?! ?(?:€|%|\d))", text):
            assert number in PUBLIC_NUMBERS, f"{path}: {number}"


def test_addresses_on_the_web_are_examples(slug):
    for path, text in everything(slug):
        for host in re.findall(r"https?://([^/\"\s<]+)", text):
            assert host in SITES, f"{path}: {host}"
        for host in re.findall(r"[\w.-]+@([\w-]+(?:\.[\w-]+)+)", text):
            assert host == "example.org", f"{path}: {host}"


def test_places_are_in_the_commune_that_they_name(slug, content):
    communes = {commune["code"]: commune for commune in content.territory["communes"]}
    for name, place in places(slug):
        commune = communes[place["code_insee"]]
        assert place["commune"] == commune["name"], name
        assert place["code_postal"] == commune["postcode"], name
        near = min(
            kilometres(place, neighbourhood)
            for neighbourhood in content.territory["neighbourhoods"]
            if neighbourhood["commune"] == commune["code"]
        )
        assert near <= REACH, f"{name}: {near:.1f} km"
        assert re.match(r"\d+ |Rue|Place|Quai|Avenue", place["adresse"]), name


def test_every_picture_says_what_it_shows(slug):
    shown = {"fr": set(), "en": set(), "ar": set()}
    for language, block in blocks(slug, "image"):
        assert block["picture"] in SCENES
        shown[language].add(block["picture"])
        assert 30 <= len(block["alt"]) <= 150 and block["alt"] != block["caption"]
        opening = {"fr": "Dessin ", "en": "Drawing ", "ar": "رسم "}[language]
        assert block["alt"].startswith(opening), block["alt"]
    assert len(shown["fr"]) >= 6


@pytest.mark.slow
def test_pictures_are_light(slug, content):
    colours, facade = content.territory["colours"], content.territory["facade"]
    for name in {block["picture"] for _language, block in blocks(slug, "image")}:
        file = io.BytesIO()
        draw(name, tuple(colours), facade=tuple(facade)).save(file, "WEBP", quality=82)
        assert file.tell() <= PICTURE_WEIGHT, f"{name}: {file.tell()}"
