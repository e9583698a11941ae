"""The feed of letters: who follows it gives nobody an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsletter.models import NewsletterPage
from territories import feeds
from territories.pages.listing import Listing
from territories.pages.translations import address_in

ITEMS = 20


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """`/lettres/lettres.rss`: the last letters, in the language of the address."""
    territory = request.territory
    if territory is None:
        # The portal has no letters of its own.
        raise Http404(_("Les lettres sont celles des territoires."))
    letters = NewsletterPage.objects.findable().in_territory(territory).dated()
    listing = Listing(request, letters, ordering=["-day", "-pk"], per_page=ITEMS, marks_first=False)
    return feeds.feed(
        request,
        title=_("Lettres – %(name)s") % {"name": territory.full_name},
        description=_("La lettre de la %(name)s") % {"name": territory.full_name},
        items=[item_of(letter, request) for letter in listing.items],
    )


def item_of(letter: NewsletterPage, request: HttpRequest) -> Mapping[str, Any]:
    """`letter`: a record of a list, with `.shown` and `.day`."""
    page, territory = letter.shown, request.territory
    address = address_in(page, get_language() or "", request)
    told = [words for words in (page.subject, page.preheader) if words and words != page.title]
    # A day has no hour; that of its publication, when it is the same day.
    moment = letter.first_published_at and timezone.localtime(
        letter.first_published_at, territory.zone
    )
    if letter.day and (moment is None or moment.date() != letter.day):
        moment = datetime.combine(letter.day, time(9), tzinfo=territory.zone)
    return {
        "title": page.title,
        "link": request.build_absolute_uri(address),
        "description": format_html_join("\n", "<p>{}</p>", ((words,) for words in told)),
        "pubdate": moment,
        "unique_id": f"urn:uuid:{letter.translation_key}",
        "unique_id_is_permalink": False,
    }
