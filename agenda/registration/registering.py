"""Taking a place, giving it back, and who gets it then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from agenda.models import EventPage, Registration
from agenda.models.dates import Status
from agenda.models.registrations import State
from territories.audit.recording import record

from .desk import Choice, Desk
from .telling import confirm, tell_of_freed_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User

    from territories.models import Territory

# What a registration is made of, as the form and the team write it.
SAID = ("first_name", "name", "phone", "email", "people", "note")


class NoPlace(Exception):
    """`choice`: the date that has not so many places; None when it is no longer offered."""

    def __init__(self, choice: Choice | None, desk: Desk) -> None:
        super().__init__(choice)
        self.choice, self.desk = choice, desk


def lock(event: EventPage) -> EventPage:
    """One registration at a time for an event, so that two people never take the last place.

    The row of the event is what all wait for; on SQLite, a transaction that writes is alone.
    """
    rows = EventPage.objects.select_for_update(of=("self",))
    return rows.select_related("territory__site").get(pk=event.pk)


@transaction.atomic
def register(
    *, event: EventPage, key: str, said: Mapping[str, Any], waits: bool, language: str
) -> Registration:
    """Keep a registration and confirm it; the same person for the same date has one.

    `event`: the record; `key`: of one of its desk's choices; `waits`: whether the person takes a
    place on the waiting list where no other is left. Raises NoPlace.
    """
    event = lock(event)
    if same := same_registration(event=event, key=key, said=said):
        return same
    desk = Desk(event)
    choice = desk.find(key)
    if choice is None:
        raise NoPlace(None, desk)
    has_place = choice.left is None or said["people"] <= choice.left
    if not has_place and not waits:
        raise NoPlace(choice, desk)
    state = State.REGISTERED if has_place else State.WAITING
    registration = keep(event, choice, said, state=state, language=language)
    if registration.email:
        confirm(registration)
    note("registration.receive", registration)
    return registration


@transaction.atomic
def register_by_hand(
    *, event: EventPage, key: str, said: Mapping[str, Any], added_by: User
) -> Registration:
    """Who called, or came without a word. The team may go above the number of places: it knows
    the room. Raises NoPlace for a date that is none of the event's."""
    event = lock(event)
    desk = Desk(event, is_ours=True)
    choice = desk.find(key)
    if choice is None:
        raise NoPlace(None, desk)
    registration = keep(
        event, choice, said, added_by=added_by, is_announced=True, state=State.REGISTERED
    )
    if registration.email and choice.start > timezone.now():
        confirm(registration)
    note("registration.add", registration, added_by)
    return registration


def keep(
    event: EventPage, choice: Choice, said: Mapping[str, Any], *, state: State, **facts: Any
) -> Registration:
    return Registration.objects.create(
        event=event,
        territory=event.territory,
        occurrence_key=choice.key,
        state=state,
        known_status=State.WAITING if state == State.WAITING else Status.SCHEDULED,
        known_start=choice.start,
        kept_from=choice.over_at,
        **{name: said[name] for name in SAID},
        **facts,
    )


def same_registration(
    *, event: EventPage, key: str, said: Mapping[str, Any]
) -> Registration | None:
    """That of the same first name with the same telephone or e-mail: a form that left twice."""
    found = of_date(event, key).active().filter(first_name__iexact=said["first_name"])
    phone, email = digits(said["phone"]), said["email"].lower()
    for one in found:
        if (email and one.email.lower() == email) or (phone and digits(one.phone) == phone):
            return one
    return None


def digits(phone: str) -> str:
    """« 06 39 98 12 34 » and « +33639981234 » are one telephone."""
    return re.sub(r"[^0-9]", "", phone)[-9:]


def of_date(event: EventPage, key: str) -> QuerySet:
    return Registration.objects.filter(event=event.pk, occurrence_key=key)


@transaction.atomic
def cancel_registration(*, registration: Registration, user: User | None = None) -> None:
    """Give the place back, to who waits for it first. Safe to run twice."""
    event = lock(registration.event)
    registration.refresh_from_db()
    if registration.state == State.CANCELLED:
        return
    registration.state = State.CANCELLED
    registration.save(update_fields=["state"])
    note("registration.cancel", registration, user)
    give_free_places(event=event)


@transaction.atomic
def give_free_places(*, event: EventPage) -> int:
    """Those who wait get what is free, in the order in which they came: each whose number of people
    fits. Returns how many got a place. Mailed at once, or left to be called."""
    waiting = Registration.objects.filter(event=event.pk, state=State.WAITING)
    if not waiting.exists():
        return 0
    event = lock(event)
    given = 0
    # Closing is for newcomers: who waits may take a place until the date begins.
    event.closes_hours_before = 0
    left = {choice.key: choice.left for choice in Desk(event).choices}
    for one in waiting.order_by("registered_at", "pk"):
        free = left.get(one.occurrence_key, 0)
        if free is not None and free < one.people:
            continue
        if free is not None:
            left[one.occurrence_key] = free - one.people
        one.state = State.REGISTERED
        if one.email:
            one.known_status = Status.SCHEDULED
            tell_of_freed_place(one)
        one.save(update_fields=["state", "known_status"])
        given += 1
    return given


@transaction.atomic
def delete_registration(*, registration: Registration, deleted_by: User) -> None:
    """Forget somebody who asks for it; the place is free again."""
    event = registration.event
    note("registration.delete", registration, deleted_by)
    registration.delete()
    give_free_places(event=event)


def note(action: str, registration: Registration, user: User | None = None) -> None:
    record(
        territory=registration.territory,
        action=action,
        user=user,
        about=registration,
        subject=registration.event.title,
    )


def forget_old_registrations() -> int:
    """Returns how many went: those whose date, and every date they were for, is long over."""
    number, _each = Registration.objects.old().delete()
    return number


def erase_registrations(territory: Territory) -> int:
    number, _each = Registration.objects.filter(territory=territory).delete()
    return number
