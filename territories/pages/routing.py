"""Finding the pages of an address in one query, where Wagtail asks once a level."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from wagtail.models import Page, Site


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
