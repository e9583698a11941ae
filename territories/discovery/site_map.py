"""The pages of a site as a tree of sections, in the visitor's language where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from wagtail.models import Page

from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.locales import language_of
from territories.pages.translations import address_in

from .sitemaps import findable_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

# A list has its own page with filters: beyond this, it is said how many more there are.
MOST = 60


@dataclass
class Leaf:
    title: str
    url: str
    language: str
    below: list[Leaf] = field(default_factory=list)
    more: int = 0


def site_map(request: HttpRequest) -> Sequence[Leaf]:
    """What stands right below home, each with what stands below it. One query."""
    language = get_language() or SOURCE_LANGUAGE
    records: list[Page] = []
    spoken: dict[object, Page] = {}
    for page in findable_pages(request):
        code = language_of(page.locale_id)
        if code == SOURCE_LANGUAGE:
            records.append(page)
        if code == language:
            spoken[page.translation_key] = page
    leaves: dict[str, Leaf] = {}
    sections = []
    for record in records:
        if record.depth < 3:
            continue
        shown = spoken.get(record.translation_key, record)
        leaf = Leaf(shown.title, address_in(shown, language, request), language_of(shown.locale_id))
        leaves[record.path] = leaf
        above = leaves.get(record.path[: -Page.steplen])
        if record.depth == 3:
            sections.append(leaf)
        elif above is not None and len(above.below) < MOST:
            above.below.append(leaf)
        elif above is not None:
            above.more += 1
    # Lists first, then single pages, each in the order of the tree.
    return sorted(sections, key=lambda section: not section.below)
