"""Who has registered for the events of the demo, in the days before; the names are invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from agenda.models import EventPage, Occurrence, PlacesFor, Registration
from agenda.registration.places import ALL_DATES

if TYPE_CHECKING:
    from .territory import TerritoryLoader

HOUR = time(11, 5)
PLACED = {"event", "date", "day"}


def load_registrations(loader: TerritoryLoader) -> None:
    """`date`: 0 is the next one, -1 the last one. A new day moves them with their events."""
    zone = loader.territory.zone
    for fact in loader.content.registrations:
        event = EventPage.objects.records().get(territory=loader.territory, slug=fact["event"])
        occurrence = find(event, fact["date"])
        day = loader.today + timedelta(days=fact["day"])
        said: dict[str, Any] = {name: fact[name] for name in fact.keys() - PLACED}
        is_whole = event.capacity_is_for == PlacesFor.ALL
        Registration.objects.update_or_create(
            event=event,
            territory=loader.territory,
            first_name=said.pop("first_name"),
            defaults={
                "occurrence_key": ALL_DATES if is_whole else occurrence.key,
                "known_start": occurrence.start,
                "known_status": "waiting" if said.get("state") == "waiting" else "scheduled",
                "kept_from": occurrence.over_at,
                "registered_at": datetime.combine(day, HOUR, tzinfo=zone),
                "is_announced": True,
                **said,
            },
        )


def find(event: EventPage, rank: int) -> Occurrence:
    now = timezone.now()
    if rank < 0:
        return event.occurrences.filter(over_at__lte=now).order_by("-start")[-rank - 1]
    return event.occurrences.filter(start__gt=now).order_by("start")[rank]
