"""Which events an output holds, and what is read beside them: the same for every format.

All of them read the `Programme` that the page reads, so that a file says what the page says.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from agenda.lists.programme import Programme
from agenda.models import EventPage
from agenda.models.places import REGISTER
from agenda.queries import EventQuerySet
from territories.pages.listing import Listing
from territories.pages.translations import address_in, in_language

# A calendar keeps a month of what is over: somebody looks up where it was, or learns that what
# was noted there had been cancelled.
KEPT = timedelta(days=30)
# More than any territory has; the portal of many may have more, and then says so.
MOST = 3000


def listed(programme: Programme) -> EventQuerySet:
    """What the page lists on all its pages, with its next time: of a period, ahead, or archived."""
    if programme.is_archive:
        past = programme.events.past(programme.now)
        return Listing(programme.request, past, ordering=[]).queryset
    return programme.narrowed(programme.span)


def kept(programme: Programme) -> EventQuerySet:
    """What the page lists, and in an open period what was over less than `KEPT` ago.

    A calendar has no archive: whoever subscribes waits for what comes.
    """
    start, end = programme.span
    if end is None and not programme.period:
        start -= KEPT
    return programme.narrowed((start, end))


def read(events: EventQuerySet, *beside: Any) -> list[EventPage]:
    """Records with their `.shown` page in the visitor's language; `beside` is prefetched."""
    found = events.in_full().prefetch_related("themes", *beside)
    return in_language(found, get_language() or "")


def address_of(event: EventPage, request: HttpRequest) -> str:
    """Absolute, under the visitor's language even where the words are still French."""
    address = address_in(event.shown, get_language() or "", request)
    return request.build_absolute_uri(address) if address else ""


def registration_link(event: EventPage, request: HttpRequest) -> str:
    """Elsewhere, or the form of this site."""
    if event.registration_is_open:
        return f"{address_of(event, request)}{REGISTER}/"
    return event.registration_link


def keywords_of(event: EventPage) -> list[str]:
    """What it is and what it is about, in the visitor's language."""
    return [term.words for term in (event.format, *event.themes.all()) if term]
