"""Calendars that telephones and mail programs read (RFC 5545, RFC 7986).

No METHOD: nobody is invited (3.7.2), and DTSTAMP then is the last change (3.8.7.2), not the moment
of reading, so that what has not changed is the same bytes and need not be sent again.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event, vRecur

from agenda.dates.occurrences import HORIZON
from agenda.models import EventPage, Status
from agenda.venues import venue_of
from territories.territory import zone_of

from .reading import KEPT, address_of, keywords_of
from .series import Telling, tellings
from .timezones import zone_component

PRODUCT = "-//Cites de l'emploi//Agenda//FR"
# A name that is nobody's host: an event keeps its identifier when its territory moves.
UID_DOMAIN = "agenda.cites-emploi"
# How often a subscribed telephone is asked to come back.
REFRESH = timedelta(hours=6)

STATUSES = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
# Many calendars show a cancelled event like any other: its title must say it too.
PREFIXES = {
    Status.CANCELLED: _("Annulé : %s"),
    Status.POSTPONED: _("Reporté : %s"),
    Status.FULL: _("Complet : %s"),
}
WITHDRAWN = _("Rendez-vous retiré de l’agenda")


def calendar_of(
    events: Iterable[EventPage],
    *,
    name: str,
    description: str = "",
    request: HttpRequest,
    now: datetime,
    is_followed: bool,
    withdrawn: Iterable[EventPage] = (),
) -> Calendar:
    """`events`: records with `.shown`, their dates and `.apart`, the occurrences that stand apart;
    `withdrawn`: see there.

    `is_followed`: somebody subscribes to them all, and will not go to all: they leave the hours
    free. What somebody adds alone takes its hours.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    if description:
        calendar.add("description", description)
        calendar.add("x-wr-caldesc", description)
    if is_followed:
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    entries: list[Event] = []
    years: dict[zoneinfo.ZoneInfo, set[int]] = {}
    for event in events:
        shared = properties(event, request, is_followed=is_followed)
        for telling in tellings(event, event.apart, forgotten=now - KEPT):
            entries.append(entry(event, telling, shared))
            note_years(years, event, telling, now)
    for event in withdrawn:
        for telling in tellings(event, (), forgotten=now):
            entries.append(trace(event, telling))
            note_years(years, event, telling, now)
    for zone, found in years.items():
        calendar.add_component(zone_component(zone, min(found), max(found)))
    for one in entries:
        calendar.add_component(one)
    return calendar


def note_years(
    years: dict[zoneinfo.ZoneInfo, set[int]], event: EventPage, telling: Telling, now: datetime
) -> None:
    """What the time zone of an entry has to describe."""
    if isinstance(telling.start, datetime):
        known = {one.year for one in (telling.start, telling.end, *telling.days) if one}
        known |= {(max(now, telling.start) + HORIZON).year} if telling.rule else set()
        years.setdefault(zone_of(event.territory), set()).update(known)


def properties(
    event: EventPage, request: HttpRequest, *, is_followed: bool
) -> list[tuple[str, Any]]:
    """What all the entries of an event have in common."""
    shown, venue = event.shown, venue_of(event)
    moments = [page.last_published_at for page in (event, shown) if page.last_published_at]
    changed = max(moments, default=event.latest_revision_created_at or datetime.now(UTC))
    url = address_of(event, request)
    found: list[tuple[str, Any]] = [
        ("dtstamp", changed.astimezone(UTC)),
        ("last-modified", changed.astimezone(UTC)),
        ("sequence", sequence(event)),
        ("transp", "TRANSPARENT" if is_followed else "OPAQUE"),
    ]
    if url:
        found.append(("url", url))
    if venue.full:
        found.append(("location", venue.full))
    if venue.has_coordinates:
        found.append(("geo", (venue.latitude, venue.longitude)))
    if event.organiser:
        # Not ORGANIZER, which wants a mailbox and makes some programs answer an invitation.
        found.append(("contact", event.organiser.title))
    if categories := keywords_of(event):
        found.append(("categories", categories))
    return found


def entry(event: EventPage, telling: Telling, shared: Iterable[tuple[str, Any]]) -> Event:
    found = timed(event, telling)
    found.add("summary", str(PREFIXES.get(telling.status, "%s")) % event.shown.title)
    found.add("status", STATUSES.get(telling.status, "CONFIRMED"))
    for name, value in shared:
        found.add(name, value)
    shown = event.shown
    told = [telling.note, shown.summary, shown.registration, found.get("url", "")]
    found.add("description", "\n\n".join(str(words) for words in told if words))
    return found


def trace(event: EventPage, telling: Telling) -> Event:
    """That an event was withdrawn, without its words."""
    found = timed(event, telling)
    found.add("summary", str(WITHDRAWN))
    found.add("status", "CANCELLED")
    found.add("transp", "TRANSPARENT")
    found.add("dtstamp", event.withdrawn_at)
    found.add("last-modified", event.withdrawn_at)
    found.add("sequence", sequence(event) + 1)
    return found


def timed(event: EventPage, telling: Telling) -> Event:
    """The identifier is made of the event's translation key and of the date's own, so that it is
    the same on the portal, in every language and after a move (3.8.4.7)."""
    found = Event()
    found.add("uid", f"{event.translation_key}-{telling.key}@{UID_DOMAIN}")
    if telling.instead_of is not None:
        found.add("recurrence-id", telling.instead_of)
    found.add("dtstart", telling.start)
    if telling.length:
        found.add("duration", telling.length)
    elif telling.end:
        found.add("dtend", telling.end)
    if telling.rule:
        found.add("rrule", vRecur.from_ical(telling.rule))
    if telling.days:
        found.add("rdate", telling.days)
    if telling.left_out:
        found.add("exdate", telling.left_out)
    return found


def sequence(event: EventPage) -> int:
    """Grows with each publication, as a calendar asks of what has changed (3.8.7.4)."""
    if not (event.first_published_at and event.last_published_at):
        return 0
    return int((event.last_published_at - event.first_published_at).total_seconds())
