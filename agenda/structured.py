"""An event as schema.org data: https://schema.org/Event, and what Google asks of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from territories.discovery.structured import known, place_data, publisher
from territories.sharing.address import picture_url

from .models import Status

if TYPE_CHECKING:
    from .sheet import Sheet

SCHEMA = "https://schema.org/"
# schema.org has no word for "full": its offer is sold out.
STATUSES = {Status.CANCELLED: "EventCancelled", Status.POSTPONED: "EventPostponed"}


def event_data(sheet: Sheet) -> Mapping[str, Any] | None:
    """The next time it happens, else the last; None for an event without a date."""
    record, page = sheet.record, sheet.page
    occurrence = sheet.upcoming[0] if sheet.upcoming else sheet.last
    if occurrence is None:
        return None
    url = page.get_full_url(sheet.request)
    organiser = record.organiser
    return known(
        {
            "@type": "Event",
            "@id": f"{url}#event",
            "name": page.title,
            "description": page.summary,
            "url": url,
            "image": [picture_url(page, sheet.request)],
            "startDate": moment(occurrence.start, record),
            "endDate": moment(occurrence.end, record) if occurrence.end else None,
            "eventStatus": SCHEMA + STATUSES.get(record.status, "EventScheduled"),
            "eventAttendanceMode": SCHEMA + attendance(sheet),
            "location": location(sheet),
            "isAccessibleForFree": record.is_free,
            "offers": offer(sheet, url),
            "inLanguage": page.language,
            "organizer": known({"@type": "Organization", "name": organiser.title})
            if organiser
            else publisher(record.territory),
        }
    )


def moment(when, record) -> str:
    return when.astimezone(record.zone).isoformat()


def attendance(sheet: Sheet) -> str:
    if not sheet.record.is_online:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if sheet.venue.has_place else "OnlineEventAttendanceMode"


def location(sheet: Sheet) -> Any:
    venue, record = sheet.venue, sheet.record
    where = record.place or record
    place = place_data(venue.name or venue.commune, where) if venue.has_place else None
    online = {"@type": "VirtualLocation", "url": record.online_url} if record.online_url else None
    found = [one for one in (place, online if record.is_online else None) if one]
    return found[0] if len(found) == 1 else found


def offer(sheet: Sheet, url: str) -> Mapping[str, Any] | None:
    """That it is free, and whether there is room; of what costs, only words are known."""
    if not sheet.record.is_free or sheet.record.status in STATUSES:
        return None
    is_full = sheet.record.status == Status.FULL
    return {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "EUR",
        "availability": SCHEMA + ("SoldOut" if is_full else "InStock"),
        "url": (sheet.record.registration_link if sheet.is_open else "") or url,
    }
