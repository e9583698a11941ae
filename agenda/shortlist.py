"""A few events to announce elsewhere: on a home page, on an actor's page, in a letter."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from territories.pages.translations import read_in_language
from territories.plugins.marks import badge_pages

from .lines import Line, lines_of
from .models import EventPage, Status
from .queries import EventQuerySet, occurrences

if TYPE_CHECKING:
    from resources_directory.models import ActorPage
    from territories.models import Territory


def announced(territory: Territory | None) -> EventQuerySet:
    """Upcoming events worth announcing: not the cancelled, nor those without a date any more. With
    what orders them, `next_start`, alone: lines are dressed once they are chosen."""
    now = timezone.now()
    coming = occurrences(over_at__gt=now)
    dropped = [Status.CANCELLED, Status.POSTPONED]
    return (
        EventPage.objects.findable()
        .in_territory(territory)
        .filter(over_at__gt=now)
        .taking_place(coming.exclude(status__in=dropped), ["start"])
    )


def shortlist(
    territory: Territory | None,
    *,
    count: int,
    forward_only: bool = False,
    since: datetime | None = None,
    actor: ActorPage | None = None,
    events: EventQuerySet | None = None,
) -> list[Line]:
    """The next events as lines, those that a mark puts first before the others.

    `territory`: None is the portal, which announces those of all. `forward_only` keeps the marked
    ones, `since` those published since a moment, `actor` those it hosts or organises.
    """
    found = announced(territory) if events is None else events
    if forward_only:
        found = found.forward(territory)
    if since is not None:
        found = found.filter(first_published_at__gte=since)
    if actor is not None:
        found = found.filter(Q(place=actor) | Q(organiser=actor))
    ordered = found.marked(territory).order_by("-is_forward", "next_start", "title", "pk")
    coming = occurrences(over_at__gt=timezone.now())
    records = read_in_language(
        ordered[:count],
        get_language() or "",
        dress=lambda events: (
            events.with_next(coming)
            .with_taken()
            .marked(territory)
            .in_full()
            .select_related("locale", "territory__site")
        ),
    )
    badge_pages(records, territory)
    return lines_of(records, territory)
