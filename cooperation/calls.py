"""Calls for projects, open ones first, and what the page of one says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Case, F, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources_directory.sheets import facts, written
from territories.pages.listing import Listing
from territories.plugins.contributions import Badge
from territories.territory import zone_of
from territories.words import day_words, hour_words, moment_words, sentence

from .models import CallForProjectsPage, State

# The open ones, the next to close before the others; the closed ones, the latest first.
BY_URGENCY = [
    "rank",
    Case(When(rank=2, then=None), default=F("closes_at")).asc(nulls_last=True),
    "-closes_at",
    "pk",
]
KINDS = {State.OPEN: "ok", State.TO_COME: "", State.CLOSED: "warn", State.RESULTS: ""}
ICONS = {State.OPEN: "check", State.TO_COME: "clock", State.CLOSED: "cross", State.RESULTS: "list"}


def calls_of(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    found = CallForProjectsPage.objects.findable().in_territory(request.territory)
    listing = Listing(request, found.by_urgency(now), ordering=BY_URGENCY)
    for call in listing.items:
        dress(call, now)
    return {"listing": listing}


def dress(call: CallForProjectsPage, now: datetime) -> None:
    """What a line says of a record beside its words."""
    state = call.state(now)
    call.badges = [Badge(state.label, ICONS[state], KINDS[state])]
    call.deadline = deadline_words(call, now)


def deadline_words(call: CallForProjectsPage, now: datetime) -> str:
    """« Jusqu’au mardi 3 mars 2026 à 12 h : encore 5 jours », in the territory's own time."""
    zone = zone_of(call.territory)
    state = call.state(now)
    if state == State.TO_COME:
        return _("Ouvre le %(moment)s") % {"moment": clock_words(call.opens_at, zone)}
    closing = clock_words(call.closes_at, zone)
    if state != State.OPEN:
        return _("Fermé depuis le %(moment)s") % {"moment": closing}
    left = left_words(call.closes_at, now, zone)
    return _("Jusqu’au %(moment)s : %(left)s") % {"moment": closing, "left": left}


def clock_words(moment: datetime, zone) -> str:
    """« mardi 3 mars 2026 à 12 h ». Midnight is an hour like another: a deadline must say it."""
    there = moment.astimezone(zone)
    return _("%(day)s à %(hour)s") % {
        "day": day_words(there.date(), year=True),
        "hour": hour_words(there.time()),
    }


def left_words(closes_at: datetime, now: datetime, zone) -> str:
    """Days as the calendar counts them there: a night when clocks change is one night."""
    days = (closes_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days == 0:
        return _("c’est aujourd’hui")
    if days == 1:
        return _("c’est demain")
    return ngettext("encore %(count)d jour", "encore %(count)d jours", days) % {"count": days}


def call_sheet(page: CallForProjectsPage) -> dict[str, Any]:
    record = page.record
    now = timezone.now()
    dress(record, now)
    zone = zone_of(record.territory)
    opening = sentence(moment_words(record.opens_at, None, zone, year=True))
    return {
        "state": record.state(now),
        "is_open": record.state(now) == State.OPEN,
        "badges": record.badges,
        "criteria": [line.strip(" -•\t") for line in page.criteria.splitlines() if line.strip()],
        "facts": facts(
            [
                ("clock", _("Date limite"), [record.deadline]),
                ("calendar", _("Ouverture"), [opening]),
                ("group", _("Qui peut répondre"), [written(page, page.for_whom)]),
                ("euro", _("Montants"), [written(page, page.amounts)]),
            ]
        ),
    }
