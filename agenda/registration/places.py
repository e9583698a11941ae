"""How many places are left: counted from registrations, never typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.models.dates import Status
from agenda.models.places import PlacesFor
from agenda.models.registrations import State

if TYPE_CHECKING:
    from agenda.models import EventPage

# What stands for an occurrence's key where one registers for all dates at once.
ALL_DATES = ""


def left_by_occurrence(asked: Iterable[tuple[EventPage, str]]) -> Mapping[tuple[int, str], int]:
    """Places left by (primary key of the event, key of the occurrence), 0 at least.

    `asked`: records, each with the key of an occurrence. Those without a limit are left out. One
    query for a whole list, none where no event has a limit or `with_taken` has counted.
    """
    limited = [(event, key) for event, key in asked if event.registration_is_open]
    limited = [(event, key) for event, key in limited if event.pk and event.capacity is not None]
    if not limited:
        return {}
    taken = {
        (event.pk, key_of(event, key)): event.next_taken
        for event, key in limited
        if hasattr(event, "next_taken") and key == event.next_key
    }
    unread = {event.pk for event, key in limited if (event.pk, key_of(event, key)) not in taken}
    if unread:
        Registration = apps.get_model("agenda", "Registration")
        found = Registration.objects.filter(event__in=unread, state=State.REGISTERED)
        rows = found.order_by().values_list("event", "occurrence_key").annotate(Sum("people"))
        taken |= {(event, key): people for event, key, people in rows}
    return {
        (event.pk, key): max(event.capacity - taken.get((event.pk, key_of(event, key)), 0), 0)
        for event, key in limited
    }


def key_of(event: EventPage, key: str) -> str:
    """The key that registrations for an occurrence bear."""
    return ALL_DATES if event.capacity_is_for == PlacesFor.ALL else key


def say_full(events: Iterable[EventPage]) -> None:
    """Of records as lists read them (`next_key`, `next_status`): the date is full where no place is
    left. One query for a whole list at most."""
    shown = [(event, event.next_key) for event in events if getattr(event, "next_key", None)]
    left = left_by_occurrence(shown)
    for event, key in shown:
        if left.get((event.pk, key)) == 0 and event.next_status == Status.SCHEDULED:
            event.next_status = Status.FULL


def left_words(left: int | None) -> str:
    """« Encore 3 places », « Complet »; nothing where there is no limit."""
    if left is None:
        return ""
    if left == 0:
        return _("Complet")
    return ngettext("Encore %(count)d place", "Encore %(count)d places", left) % {"count": left}
