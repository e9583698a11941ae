"""The pages of a site that anybody may find, with their translations, for search engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q
from wagtail.models import Page

from territories.pages.base import SOURCE_LANGUAGE, TerritoryPage, TerritoryPageQuerySet
from territories.pages.homes import homes_of_request
from territories.pages.locales import language_of
from territories.pages.privacy import is_private
from territories.plugins.registry import plugins, works_in

if TYPE_CHECKING:
    from django.http import HttpRequest

# https://www.sitemaps.org/protocol.html: no sitemap may hold more.
MOST = 50_000


@dataclass
class Place:
    """A page in one language; `alternates`: (language, address) of all in which it is written."""

    address: str
    changed: datetime | None
    alternates: list[tuple[str, str]] = field(default_factory=list)


def findable_pages(request: HttpRequest, narrowed: Q | None = None) -> Sequence[Page]:
    """Published pages of the asked site in every language, from the homes down, in one query.

    Left out: closed plugins, what is private in its own language or in French, and a translation
    whose French page is not published. `narrowed` must hold for the French page whenever it does
    for a translation: slugs are the same.
    """
    homes = homes_of_request(request)
    if not homes:
        return []
    closed = [label for label in plugins() if not works_in(label, request.territory)]
    pages = list(
        Page.objects.filter(reduce(or_, (Q(path__startswith=home.path) for home in homes)))
        .filter(narrowed or Q())
        .live()
        .exclude(content_type__app_label__in=closed)
        .annotate(is_closed=is_private())
        .select_related("content_type")
        .defer_streamfields()
        .order_by("path")
    )
    private = {page.translation_key for page in pages if page.is_closed}
    records = {
        page.translation_key for page in pages if language_of(page.locale_id) == SOURCE_LANGUAGE
    }
    hidden = private | hidden_by_their_type(pages)
    return [
        page
        for page in pages
        if page.translation_key in records - hidden
        and issubclass(page.specific_class or Page, TerritoryPage)
    ]


def hidden_by_their_type(pages: Sequence[Page]) -> set:
    """The translation keys of pages that are published and still not to be found, where a type
    says so in its own `findable()`: one query for each such type."""
    hidden = set()
    for model in {page.specific_class for page in pages if page.specific_class}:
        queryset = type(model.objects.all())
        if getattr(queryset, "findable", None) in (None, TerritoryPageQuerySet.findable):
            continue
        own = {page.translation_key for page in pages if page.specific_class is model}
        found = model.objects.findable().filter(translation_key__in=own)
        hidden |= own - set(found.values_list("translation_key", flat=True))
    return hidden


def sitemap(request: HttpRequest, language: str) -> list[Place]:
    """What is written in a language, the last changed first when there is too much."""
    versions: dict[object, list[Page]] = defaultdict(list)
    for page in findable_pages(request):
        versions[page.translation_key].append(page)
    found = []
    for pages in versions.values():
        spoken = {language_of(page.locale_id): page for page in pages}
        if language in spoken:
            alternates = [(code, address(spoken[code], request)) for code in sorted(spoken)]
            own = spoken[language]
            found.append(
                Place(
                    address(own, request),
                    own.last_published_at,
                    alternates if len(alternates) > 1 else [],
                )
            )
    if len(found) > MOST:
        found.sort(key=lambda place: str(place.changed or ""), reverse=True)
    return found[:MOST]


def address(page: Page, request: HttpRequest) -> str:
    return page.get_full_url(request) or ""
