"""Finding the page of an address with few queries: all levels in one, all homes in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from .privacy import is_private

# Wagtail's root is 1, the homes are 2.
BELOW_HOMES = 3


def route_from_home(request: HttpRequest, path: str) -> None:
    """Find the page as Wagtail is about to, from the homes that the page's frame reads as well.

    Wagtail asks for the locale, for the translation of the home and for its type, one by one. It
    keeps what it finds under this name and looks there first: should it stop, we are only slower.
    """
    from .base import SOURCE_LANGUAGE
    from .homes import homes_of_request

    homes = {home.language: home for home in homes_of_request(request)}
    home = homes.get(get_language() or "") or homes.get(SOURCE_LANGUAGE)
    if home is None:
        return
    try:
        found = home.route(request, [part for part in path.split("/") if part])
    except Http404:
        found = None
    request._wagtail_route_for_request = found


def look_ahead(request: HttpRequest, components: Sequence[str]) -> None:
    """Read all pages on the way to an address, in every language of the site's homes.

    An untranslated page answers with the source language's: its way is read with the others. What
    the menus show stands beside it, and is read by the way.
    """
    from .homes import homes_of_request

    site = Site.find_for_request(request)
    ways = {
        root.root_path + "/".join(components[:end]) + "/"
        for root in Site.get_site_root_paths()
        if site is not None and root.site_id == site.pk
        for end in range(1, len(components) + 1)
    }
    # The slugs have an index, the whole addresses have none.
    on_the_way = Q(slug__in=set(components), url_path__in=ways)
    found = Page.objects.filter(on_the_way | right_below(homes_of_request(request)))
    found = list(with_what_menus_say(found))
    request.pages_ahead = {page.url_path: page for page in found if page.url_path in ways}
    request.pages_below_homes = [page for page in found if page.depth == BELOW_HOMES]


def right_below(homes: Iterable[Page]) -> Q:
    """The pages right under these homes."""
    below = (Q(path__startswith=home.path, depth=home.depth + 1) for home in homes)
    return reduce(or_, below, Q(pk__in=[]))


def with_what_menus_say(pages: QuerySet[Page]) -> QuerySet[Page]:
    found = pages.annotate(is_closed=is_private())
    return found.select_related("locale", "content_type").order_by("path")


def child_ahead(request: HttpRequest, page: Page, slug: str) -> Page | None:
    """The child that was read ahead; None when it does not exist, or nobody looked ahead."""
    child = getattr(request, "pages_ahead", {}).get(f"{page.url_path}{slug}/")
    if child is not None and child.depth == page.depth + 1:
        # As Wagtail does: the page's parent is known from here on.
        child._cached_parent_obj = page
        return child
    return None
