"""An event as schema.org data: https://schema.org/Event, and what Google asks of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from territories.discovery.structured import known, place_data, publisher
from territories.sharing.address import picture_url
from territories.words import listed

from .models import Occurrence, Status
from .models.welcome import Accessibility
from .sheet import SHOWN_DATES
from .venues import Attendance

if TYPE_CHECKING:
    from .sheet import Sheet

SCHEMA = "https://schema.org/"
# schema.org has no word for "full": its offer is sold out.
STATUSES = {Status.CANCELLED: "EventCancelled", Status.POSTPONED: "EventPostponed"}
ATTENDANCE = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.BOTH: "MixedEventAttendanceMode",
}


def event_data(sheet: Sheet) -> Mapping[str, Any] | None:
    """The next time it happens, else the last, and each further date as an event of its own, as
    Google wants a page with several; None for an event without a date."""
    record, page = sheet.record, sheet.page
    shown = sheet.shown
    if shown is None:
        return None
    others = [one for one in sheet.upcoming[:SHOWN_DATES] if one is not shown]
    url = page.get_full_url(sheet.request)
    names = sheet.names
    return known(
        {
            **dated(sheet, shown),
            "@id": f"{url}#event",
            "description": page.summary,
            "url": url,
            "image": [picture_url(page, sheet.request)],
            "isAccessibleForFree": record.is_free,
            "offers": offer(sheet, shown, url),
            "inLanguage": page.language,
            "audience": audience(names),
            "organizer": organizers(sheet),
            "contributor": [organization(name) for name in names["partners"]],
            "subEvent": [dated(sheet, other) for other in others],
        }
    )


def dated(sheet: Sheet, occurrence: Occurrence) -> Mapping[str, Any]:
    """What Google wants of every date: a name, when, where, and whether it holds."""
    return known(
        {
            "@type": "Event",
            "name": sheet.page.title,
            "startDate": moment(occurrence.start, sheet.record),
            "endDate": moment(occurrence.end, sheet.record) if occurrence.end else None,
            "eventStatus": SCHEMA + STATUSES.get(occurrence.status, "EventScheduled"),
            "eventAttendanceMode": SCHEMA + ATTENDANCE[sheet.venue.attendance],
            "location": location(sheet),
        }
    )


def moment(when, record) -> str:
    return when.astimezone(record.zone).isoformat()


def location(sheet: Sheet) -> Any:
    venue, record = sheet.venue, sheet.record
    where = record.place or record
    place = place_data(venue.name or venue.commune, where) if venue.has_place else None
    if place:
        place = known({**place, "amenityFeature": amenities(sheet)})
    online = {"@type": "VirtualLocation", "url": record.online_url} if record.online_url else None
    found = [one for one in (place, online if record.is_online else None) if one]
    return found[0] if len(found) == 1 else found


def amenities(sheet: Sheet) -> list[Mapping[str, Any]]:
    """The place's welcome, said of the place: schema.org has no accessibility of an event."""
    words = Accessibility.words(sheet.record.accessibility)
    named = [(_("Adapté aux %(people)s") % {"people": one}, True) for one in words]
    if sheet.venue.step_free is not None:
        named.append((_("Entrée sans marche"), sheet.venue.step_free))
    if sheet.page.childcare:
        named.append((_("Garde d’enfants"), True))
    return [
        {"@type": "LocationFeatureSpecification", "name": name, "value": value}
        for name, value in named
    ]


def audience(names: Mapping[str, list[str]]) -> Mapping[str, Any] | None:
    places = [{"@type": "AdministrativeArea", "name": name} for name in names["aimed_at"]]
    found = known({"audienceType": listed(names["publics"]), "geographicArea": places})
    return {"@type": "Audience", **found} if found else None


def organizers(sheet: Sheet) -> Any:
    first = sheet.record.organiser
    names = [*([first.title] if first else []), *sheet.organisers]
    found = [organization(name) for name in names]
    return (found if len(found) > 1 else found[0]) if found else publisher(sheet.record.territory)


def organization(name: str) -> Mapping[str, str]:
    return {"@type": "Organization", "name": name}


def offer(sheet: Sheet, occurrence: Occurrence, url: str) -> Mapping[str, Any] | None:
    """That it is free, and whether there is room; of what costs, only words are known."""
    if not sheet.record.is_free or occurrence.status in STATUSES:
        return None
    is_full = occurrence.status == Status.FULL
    return {
        "@type": "Offer",
        "price": 0,
        "priceCurrency": "EUR",
        "availability": SCHEMA + ("SoldOut" if is_full else "InStock"),
        "url": (sheet.record.registration_link if sheet.is_open else "") or url,
    }
