"""Calendars that telephones and mail programs read (RFC 5545, RFC 7986)."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from agenda.models import EventPage, Occurrence, Status
from agenda.venues import venue_of
from territories.territory import zone_of

from .timezones import zone_component

PRODUCT = "-//Cites de l'emploi//Agenda//FR"
# A name that is nobody's host: an event keeps its identifier when its territory moves.
UID_DOMAIN = "agenda.cites-emploi"
REFRESH = timedelta(hours=6)

STATUSES = {Status.CANCELLED: "CANCELLED", Status.POSTPONED: "TENTATIVE"}
# Many calendars show a cancelled event like any other: its title must say it too.
PREFIXES = {
    Status.CANCELLED: _("Annulé : %s"),
    Status.POSTPONED: _("Reporté : %s"),
    Status.FULL: _("Complet : %s"),
}


def calendar_of(
    events: Iterable[EventPage], *, name: str, request: HttpRequest, now: datetime
) -> Calendar:
    """`events`: records with `.shown` and `feed_occurrences`, and what a line needs."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    entries, spans = [], {}
    for event in events:
        zone = zone_of(event.territory)
        for occurrence in event.feed_occurrences:
            entries.append(entry(event, occurrence, zone, request, now))
            years = spans.setdefault(zone, set())
            years |= {occurrence.start.year, (occurrence.end or occurrence.start).year}
    for zone, years in spans.items():
        calendar.add_component(zone_component(zone, min(years), max(years)))
    for found in entries:
        calendar.add_component(found)
    return calendar


def entry(
    event: EventPage,
    occurrence: Occurrence,
    zone: zoneinfo.ZoneInfo,
    request: HttpRequest,
    now: datetime,
) -> Event:
    """One VEVENT for one occurrence.

    Not one RRULE for a series: several dates of one event, each with its own end and status,
    would want one series each and EXDATE or RECURRENCE-ID beside them, which calendars read
    unequally. The identifier is made of the event's translation key and of the occurrence's own,
    so that it is the same on the portal, in every language and after a move.
    """
    shown, venue = event.shown, venue_of(event)
    changed = event.last_published_at or now
    found = Event()
    found.add("uid", f"{event.translation_key}-{occurrence.key}@{UID_DOMAIN}")
    found.add("dtstamp", changed.astimezone(UTC))
    found.add("last-modified", changed.astimezone(UTC))
    found.add("sequence", sequence(event))
    found.add("dtstart", occurrence.start.astimezone(zone))
    if occurrence.end:
        found.add("dtend", occurrence.end.astimezone(zone))
    found.add("summary", str(PREFIXES.get(occurrence.status, "%s")) % shown.title)
    found.add("status", STATUSES.get(occurrence.status, "CONFIRMED"))
    url = shown.get_full_url(request)
    found.add("description", "\n\n".join(filter(None, [shown.summary, shown.registration, url])))
    if url:
        found.add("url", url)
    if venue.full:
        found.add("location", venue.full)
    if venue.has_coordinates:
        found.add("geo", (venue.latitude, venue.longitude))
    if event.organiser:
        # Not ORGANIZER, which wants a mailbox and makes some programs answer an invitation.
        found.add("contact", event.organiser.title)
    categories = [term.words for term in (event.format, *event.themes.all()) if term]
    if categories:
        found.add("categories", categories)
    return found


def sequence(event: EventPage) -> int:
    """Grows with each publication, as a calendar asks of what has changed."""
    if not (event.first_published_at and event.last_published_at):
        return 0
    return int((event.last_published_at - event.first_published_at).total_seconds())
