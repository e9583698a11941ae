"""Finding the page of an address with few queries: all levels in one, all homes in another."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site


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

    An untranslated page answers with the source language's: its way is read with the others.
    """
    site = Site.find_for_request(request)
    ways = {
        root.root_path + "/".join(components[:end]) + "/"
        for root in Site.get_site_root_paths()
        if site is not None and root.site_id == site.pk
        for end in range(1, len(components) + 1)
    }
    # The slugs have an index, the whole addresses have none.
    found = Page.objects.filter(slug__in=set(components), url_path__in=ways)
    request.pages_ahead = {page.url_path: page for page in found}


def child_ahead(request: HttpRequest, page: Page, slug: str) -> Page | None:
    """The child that was read ahead; None when it does not exist, or nobody looked ahead."""
    child = getattr(request, "pages_ahead", {}).get(f"{page.url_path}{slug}/")
    if child is not None and child.depth == page.depth + 1:
        # As Wagtail does: the page's parent is known from here on.
        child._cached_parent_obj = page
        return child
    return None
