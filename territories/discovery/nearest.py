"""What somebody may have looked for at an address that leads nowhere: it was moved, renamed, or
badly copied from a poster."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.models import Page

from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.locales import language_of
from territories.pages.translations import address_in

from .sitemaps import findable_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST = 4
MOST_WORDS = 6
LEAST_LETTERS = 4  # shorter words are in every address
# Half of the letters in the same order: « forum-de-lemploi » for « forum-emploi ».
NEAR = 0.5


def nearest_pages(request: HttpRequest) -> Sequence[dict[str, Any]]:
    """At most four findable pages of this site whose address looks like the asked one.

    One query. A page that was moved keeps its last word, and comes first.
    """
    asked = [slugify(part) for part in request.path.split("/")][-3:]
    languages = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    parts = [part for part in asked if part and part not in languages]
    words = [word for part in parts for word in part.split("-") if len(word) >= LEAST_LETTERS]
    if not words:
        return []
    # The stem of a word: « forums » finds « forum ».
    stems = dict.fromkeys(word[: max(LEAST_LETTERS, len(word) - 1)] for word in words[-MOST_WORDS:])
    alike = reduce(or_, (Q(slug__contains=stem) for stem in stems))
    versions: dict[object, dict[str, Page]] = {}
    for page in findable_pages(request, alike):
        versions.setdefault(page.translation_key, {})[language_of(page.locale_id)] = page
    ranked = sorted(
        ((likeness(spoken[SOURCE_LANGUAGE].slug, parts), key) for key, spoken in versions.items()),
        key=lambda pair: -pair[0],
    )
    language = get_language() or SOURCE_LANGUAGE
    found = []
    for near, key in ranked[:MOST]:
        if near >= NEAR:
            page = versions[key].get(language, versions[key][SOURCE_LANGUAGE])
            found.append(
                {
                    "title": page.title,
                    "url": address_in(page, language, request),
                    "language": language_of(page.locale_id),
                }
            )
    return found


def likeness(slug: str, parts: Sequence[str]) -> float:
    """From 0 to 1; the last part of the address counts more than those above it."""
    return max(
        SequenceMatcher(None, slug, part).ratio() - 0.05 * above
        for above, part in enumerate(reversed(parts))
    )
