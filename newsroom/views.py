"""The feed of news, RSS 2.0: an address with a dot stands beside the page tree."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from territories.pages.listing import Listing
from territories.pages.translations import address_in

from .lists import Line, dressed, lines_of, news_of

ITEMS = 30
MINUTES = 15


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
    made = Rss201rev2Feed(
        title=_("Actualités – %(name)s") % {"name": name},
        link=request.build_absolute_uri(request.path.removesuffix("flux.xml")),
        description=_("Ce qui est nouveau : %(name)s") % {"name": name},
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        ttl=MINUTES,
    )
    for line in lines:
        made.add_item(**item_of(line, request))
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    made.write(response, "utf-8")
    response["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    return response


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
