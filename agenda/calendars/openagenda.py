"""The agenda as an export of OpenAgenda, v2: what already reads theirs reads ours.

https://developers.openagenda.com/en/evenements/lecture: `total`, `events`, and `after` to be sent
back for the rest. A text is an object with its languages: French, and the visitor's where it is
written. What is not known is null. Ours beside theirs: `id`, stable on every site, `url`, and on a
timing `status` and `note` where they are its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from agenda.models import EventPage, Occurrence, Status
from agenda.models.welcome import Accessibility
from agenda.open_data import plain
from agenda.venues import Attendance, venue_of
from territories.words import period_words

from .full import sold_out
from .pictures import picture_of
from .reading import address_of, keywords_of, registration_link

# Theirs too: how many when nobody asks, and at most.
USUAL, MOST = 20, 300

# 2 is rescheduled and 3 moved on line: here a moved date has its new hours.
STATUSES = {Status.SCHEDULED: 1, Status.POSTPONED: 4, Status.FULL: 5, Status.CANCELLED: 6}
ATTENDANCES = {Attendance.ON_SITE: 1, Attendance.ONLINE: 2, Attendance.BOTH: 3}
PUBLISHED = 2


def number_of(key: UUID) -> int:
    """Their identifiers are numbers: 53 bits, which JavaScript keeps whole."""
    return key.int >> 75


def events_data(
    events: Sequence[EventPage], *, total: int, first: int, request: HttpRequest, now: datetime
) -> Mapping[str, Any]:
    """`events`: those from `first` on, of `total`."""
    after = first + len(events)
    known = [one for event in events for one in event.occurrences.all()]
    full = sold_out(events, Occurrence.objects.all())
    for one in known:
        if (one.event_id, one.key) in full:
            one.status = Status.FULL
    return {
        "total": total,
        "events": [event_data(event, request, now) for event in events],
        "after": [after] if events and after < total else None,
    }


def event_data(event: EventPage, request: HttpRequest, now: datetime) -> Mapping[str, Any]:
    """`event`: a record with `.shown`, its occurrences and pictures read."""
    known = list(event.occurrences.all())
    timings = [timing(event, one) for one in known]
    following = next((one for one in known if one.over_at > now), None)
    language = event.shown.language
    return {
        "uid": number_of(event.translation_key),
        "id": str(event.translation_key),
        "slug": event.slug,
        "url": address_of(event, request),
        "title": {page.language: page.title for page in versions(event)},
        "description": {page.language: page.summary for page in versions(event)},
        "longDescription": {page.language: plain(page.body) for page in versions(event)},
        "conditions": {page.language: conditions(page) for page in versions(event)},
        "keywords": {language: keywords_of(event)},
        "image": image_data(event, request),
        "imageCredits": None,
        "age": None,
        "accessibility": {code: code in event.accessibility for code in Accessibility.values},
        "registration": registration(event, request),
        "attendanceMode": ATTENDANCES[venue_of(event).attendance],
        "onlineAccessLink": event.online_url or None,
        "location": location_data(event),
        "status": STATUSES[Status(event.status)],
        "state": PUBLISHED,
        "featured": bool(getattr(event, "is_forward", False)),
        "private": 0,
        "draft": 0,
        "timezone": event.zone.key,
        "timings": timings,
        "firstTiming": timings[0] if timings else None,
        "nextTiming": timing(event, following) if following else None,
        "lastTiming": timings[-1] if timings else None,
        "dateRange": {language: range_words(event, known)},
        "createdAt": event.first_published_at,
        "updatedAt": event.last_published_at,
        "originAgenda": origin(event),
        "links": [],
    }


def versions(event: EventPage) -> list[EventPage]:
    """The record, and its translation where one is shown."""
    return [event] if event.shown is event else [event, event.shown]


def timing(event: EventPage, occurrence: Occurrence) -> Mapping[str, Any]:
    """An end that nobody said is the end of the day: theirs always have one."""
    told = {
        "begin": occurrence.start.astimezone(event.zone),
        "end": (occurrence.end or occurrence.over_at).astimezone(event.zone),
    }
    if occurrence.status != event.status:
        told["status"] = STATUSES[Status(occurrence.status)]
    if occurrence.note:
        told["note"] = occurrence.note
    return told


def range_words(event: EventPage, known: Sequence[Occurrence]) -> str:
    if not known:
        return ""
    first, last = known[0].start, known[-1].over_at - timedelta(microseconds=1)
    return period_words(first.astimezone(event.zone).date(), last.astimezone(event.zone).date())


def conditions(page: EventPage) -> str:
    return " – ".join(filter(None, (page.cost, page.conditions, page.registration)))


def registration(event: EventPage, request: HttpRequest) -> list[Mapping[str, str]]:
    known = {
        "link": registration_link(event, request),
        "phone": event.registration_phone,
        "email": event.registration_email,
    }
    return [{"type": kind, "value": value} for kind, value in known.items() if value]


def location_data(event: EventPage) -> Mapping[str, Any] | None:
    venue = venue_of(event)
    if not venue.has_place:
        return None
    return {
        "uid": number_of(event.place.translation_key) if event.place else None,
        "name": venue.name or venue.commune,
        "address": venue.address,
        "postalCode": venue.postcode or None,
        "city": venue.commune or None,
        "insee": venue.insee_code or None,
        "countryCode": "FR",
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "timezone": event.zone.key,
    }


def image_data(event: EventPage, request: HttpRequest) -> Mapping[str, Any] | None:
    picture = picture_of(event)
    if picture is None:
        return None
    address = request.build_absolute_uri(picture.url)
    return {
        "base": address.removesuffix(picture.name),
        "filename": picture.name,
        "size": {"width": picture.width, "height": picture.height},
        "variants": [],
        "alt": event.image_alt,
    }


def origin(event: EventPage) -> Mapping[str, Any]:
    """The territory as an agenda; on the portal each event names its own."""
    territory = event.territory
    return {
        "slug": territory.slug if territory else None,
        "title": territory.full_name if territory else _("Cités de l’emploi"),
        "url": territory.site.root_url if territory else None,
    }
