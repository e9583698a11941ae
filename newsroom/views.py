"""The feed of news."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories import feeds
from territories.pages.listing import Listing
from territories.pages.translations import address_in

from .lists import Line, dressed, lines_of, news_of

ITEMS = 30


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`/actualites/flux.xml`: the newest news, with the filters of the address.

    The portal's holds those of every territory, each under the name of its own.
    """
    territory = request.territory
    listing = Listing(
        request,
        dressed(news_of(territory)),
        ordering=["-date", "-pk"],
        per_page=ITEMS,
        prefetch=["themes__parent"],
        marks_first=False,
    )
    lines = lines_of(listing.items, territory)
    name = territory.full_name if territory else _("Cités de l’emploi")
    return feeds.feed(
        request,
        title=_("Actualités – %(name)s") % {"name": name},
        description=_("Ce qui est nouveau : %(name)s") % {"name": name},
        items=[item_of(line, request) for line in lines],
    )


def item_of(line: Line, request: HttpRequest) -> dict:
    moment: datetime = line.record.date
    address = address_in(line.page, get_language() or "", request)
    return {
        "title": line.page.title,
        "link": request.build_absolute_uri(address),
        "description": line.page.summary,
        "pubdate": moment.astimezone(line.record.zone),
        "unique_id": f"urn:uuid:{line.record.translation_key}",
        "unique_id_is_permalink": False,
        "author_name": line.territory.full_name if line.territory else None,
        "categories": [str(badge.text) for badge in line.badges],
    }
