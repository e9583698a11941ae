"""Every rule over one page; nothing here knows of the admin."""

from __future__ import annotations

from collections.abc import Collection

from wagtail.models import Page

from territories.glossary.words import words_of
from territories.pages.base import SOURCE_LANGUAGE

from . import in_any_language, in_french
from .findings import KINDS, Finding
from .passages import Passage, passages_of

RULES = (
    in_any_language.pictures,
    in_any_language.headings,
    in_any_language.links,
    in_any_language.tables,
    in_any_language.documents,
)
FRENCH_RULES = (
    in_french.vague_links,
    in_french.level,
    in_french.long_sentences,
    in_french.long_paragraphs,
    in_french.capitals,
    in_french.punctuation,
    in_french.dates,
    in_french.phones,
)


def check(page: Page) -> list[Finding]:
    """What stands in a reader's way on a page as it is in memory, saved or not."""
    passages = list(passages_of(page))
    language = getattr(page, "language", SOURCE_LANGUAGE)
    known = known_words(getattr(page, "territory_id", None)) if is_french(language) else ()
    return check_passages(passages, language=language, known=known)


def check_passages(
    passages: list[Passage], *, language: str = SOURCE_LANGUAGE, known: Collection[str] = ()
) -> list[Finding]:
    """In the order of `KINDS`. `known`: the acronyms that the glossary explains."""
    rules = [*RULES, *(FRENCH_RULES if is_french(language) else ())]
    found = [finding for rule in rules for finding in rule(passages)]
    if is_french(language):
        found += in_french.acronyms(passages, known)
    places = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda finding: places[finding.kind])


def level_of(page: Page) -> str:
    """How the page reads: "easy", "fair", "hard"; "" when it is short or in another language."""
    if not is_french(getattr(page, "language", SOURCE_LANGUAGE)):
        return ""
    return in_french.reading_level(in_french.prose(list(passages_of(page))))


def known_words(territory: int | None) -> set[str]:
    return {form for word in words_of(territory, SOURCE_LANGUAGE) for form in word.forms}


def is_french(language: str) -> bool:
    return language == "fr"
