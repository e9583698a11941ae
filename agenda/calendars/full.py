"""Dates for which no place is left on this site: said as when the team says that they are full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from agenda.models import EventPage, Occurrence, Status
from agenda.registration.places import left_by_occurrence


def sold_out(events: Sequence[EventPage], dates: QuerySet) -> set[tuple[int, str]]:
    """The (event, key) of those of `dates`; two queries where an event counts its places, none
    where none does."""
    limited = {
        event.pk: event
        for event in events
        if event.registration_is_open and event.capacity is not None
    }
    if not limited:
        return set()
    rows = dates.filter(event__in=list(limited), status=Status.SCHEDULED)
    asked = [(limited[pk], key) for pk, key in rows.values_list("event", "key")]
    return {pair for pair, left in left_by_occurrence(asked).items() if left == 0}


def say_sold_out(events: Sequence[EventPage], now: datetime) -> None:
    """Of events with the occurrences that stand `apart`: those without a place do too."""
    ahead = Occurrence.objects.filter(over_at__gt=now)
    full = sold_out(events, ahead)
    if not full:
        return
    pks, keys = ({pair[rank] for pair in full} for rank in (0, 1))
    known = {event.pk: event for event in events}
    for one in ahead.filter(event__in=pks, key__in=keys):
        if (one.event_id, one.key) in full:
            event = known[one.event_id]
            one.status = Status.FULL
            event.apart = [*(other for other in event.apart if other.pk != one.pk), one]
