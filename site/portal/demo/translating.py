"""The demo in other languages: words only, since every fact is the record's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale, Page

from .bodies import BodyMaker
from .cooperation import WORDS as COOPERATION_WORDS
from .publishing import publish
from .reading import CONTENT
from .records import EVENT_WORDS, LETTER_WORDS, NEWS_WORDS, SERVICE_WORDS, STORY_WORDS, fields
from .routes import translated_route

# The tables of translations.<language>.toml, and the page each speaks of.
INDEXES = ("guide", "agenda", "map")


def languages(slug: str) -> dict[str, dict[str, Any]]:
    """The translation files of a territory, by language code."""
    found = {}
    for path in sorted((CONTENT / slug).glob("translations.*.toml")):
        with path.open("rb") as file:
            found[path.name.split(".")[1]] = tomllib.load(file)
    return found


def translate(
    *,
    words: Mapping[str, Any],
    language: str,
    home: Page,
    indexes: Mapping[str, Page],
    pages: Mapping[str, Mapping[str, Page]],
    bodies: BodyMaker,
) -> None:
    """Put the words of one language on translations of the pages; makes those that lack.

    `pages`: the records by kind ("event", "service", "news", "story", "page") and slug.
    """
    locale = Locale.objects.get(language_code=language)
    if "home" in words:
        body = bodies.body(f"home/{language}", words["home_body"])
        put(home, locale, {**words["home"], "body": body})
    for name in INDEXES:
        if name in words:
            put(indexes[name], locale, words[name])
    if "label_body" in words:
        body = bodies.body(f"label/{language}", words["label_body"])
        put(indexes["label"], locale, {"body": body})
    for fact in words.get("event", []):
        put(pages["event"][fact["slug"]], locale, fields(fact, EVENT_WORDS))
    for fact in words.get("service", []):
        put(pages["service"][fact["slug"]], locale, fields(fact, SERVICE_WORDS))
    for fact in words.get("news", []):
        body = bodies.body(f"{fact['slug']}/{language}", fact["body"])
        values = {**fields(fact, NEWS_WORDS), "body": body}
        put(pages["news"][fact["slug"]], locale, values)
    for fact in words.get("newsletter", []):
        body = bodies.body(f"{fact['slug']}/{language}", fact["body"])
        values = {**fields(fact, LETTER_WORDS), "body": body}
        put(pages["newsletter"][fact["slug"]], locale, values)
    for fact in words.get("story", []):
        put(pages["story"][fact["slug"]], locale, fields(fact, STORY_WORDS))
    for fact in words.get("route", []):
        route = pages["route"][fact["slug"]]
        put(route, locale, translated_route(route, locale, fact))
    for kind, names in COOPERATION_WORDS.items():
        for fact in words.get(kind, []):
            body = bodies.body(f"{kind}/{fact['slug']}/{language}", fact["body"])
            values = fields(fact, {name: name for name in names})
            put(pages[kind][fact["slug"]], locale, {**values, "body": body})
    for fact in words.get("page", []):
        body = bodies.body(f"{fact['slug']}/{language}", fact["body"])
        values = {"title": fact["title"], "introduction": fact["introduction"], "body": body}
        put(pages["page"][fact["slug"]], locale, values)


def put(record: Page, locale: Locale, values: Mapping[str, Any]) -> None:
    translation = record.get_translation_or_none(locale)
    if translation is None:
        translation = record.copy_for_translation(locale)
    translation = translation.specific
    for name, value in values.items():
        setattr(translation, name, value)
    publish(translation)
