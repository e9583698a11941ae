"""Reading the demo's data files in tests: their texts, blocks and places."""

import math
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from portal.demo.reading import moment, read, territories
from portal.demo.translating import languages

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 25)
SLUGS = territories()


def strings(value, path=""):
    """Every text of a table, with the way that leads to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            name = inner.get("slug", position) if isinstance(inner, dict) else position
            yield from strings(inner, f"{path}/{name}")


def everything(slug):
    content = read(slug)
    yield from strings(vars(content))
    for language, words in languages(slug).items():
        yield from strings(words, language)


def bodies(slug):
    """Every list of blocks, with the language it is written in."""
    content = read(slug)
    yield "fr", content.territory["home"]["body"]
    yield "fr", content.territory.get("label", [])
    yield "fr", content.private["body"]
    written = (content.pages, content.news, content.newsletters, content.private["page"])
    for fact in chain(*written):
        yield "fr", fact["body"]
    for language, words in languages(slug).items():
        yield language, words["home_body"]
        yield language, words.get("label_body", [])
        for fact in chain(words["page"], words["news"]):
            yield language, fact["body"]


def blocks(slug, kind):
    for language, body in bodies(slug):
        for block in body:
            if block["type"] == kind:
                yield language, block


def places(slug):
    content = read(slug)
    for fact in chain(content.actors, content.services):
        if "adresse" in fact:
            yield fact["slug"], fact
    for fact in content.services:
        for place in fact.get("places", []):
            if "adresse" in place:
                yield fact["slug"], place
    for fact in content.events:
        if "address" in fact:
            yield fact["slug"], fact["address"]


def kilometres(one, other):
    north = (one["latitude"] - other["latitude"]) * 111.2
    east = (one["longitude"] - other["longitude"]) * 111.2
    return math.hypot(north, east * math.cos(math.radians(one["latitude"])))


def is_past(event):
    moments = [moment(when, TODAY, PARIS) for when in event["dates"]]
    is_over = all((when.until or when.start.date()) < TODAY for when in moments)
    return is_over and "action" not in event
