"""Which events take place when, and which of them come first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from territories.pages.base import TerritoryPageQuerySet
from territories.plugins.marks import marks_of

if TYPE_CHECKING:
    from territories.models import Territory


# What lists say of an event's next occurrence.
NEXT = ("key", "start", "end", "series", "until", "is_all_day", "is_period", "status", "note")
# Those that are not to be, after the others.
OFF_LAST = Case(When(status="cancelled", then=1), default=0, output_field=IntegerField())


def occurrences(**filters: Any) -> QuerySet:
    """The occurrences of the event of the outer query."""
    Occurrence = apps.get_model("agenda", "Occurrence")
    return Occurrence.objects.filter(event=OuterRef("pk"), **filters)


def during(start: datetime, end: datetime | None = None) -> QuerySet:
    """Those of the event of the outer query that fall in [start, end[; without `end`, from then."""
    found = occurrences(over_at__gt=start)
    return found.filter(start__lt=end) if end else found


def last() -> QuerySet:
    return occurrences().order_by("-start")


def first(found: QuerySet, name: str) -> Coalesce:
    """A fact of the first of these occurrences that is to be; of the first, where none is.

    As `next_…` has it, but read off the index alone: for what orders all the events of a list.
    """
    to_be, known = (
        Subquery(rows.order_by("start").values(name)[:1])
        for rows in (found.exclude(status="cancelled"), found)
    )
    return Coalesce(to_be, known)


class EventQuerySet(TerritoryPageQuerySet):
    def upcoming(self, now: datetime | None = None) -> EventQuerySet:
        """Events not over yet, with the facts of their next occurrence: `next_start` and so on
        (see NEXT).

        An event of today is upcoming until it ends, or until midnight when its end is unknown.
        """
        now = now or timezone.now()
        return self.filter(over_at__gt=now).with_next(occurrences(over_at__gt=now))

    def cancelled(self, now: datetime | None = None) -> EventQuerySet:
        """Events that will not be: cancelled as a whole, or on each of the dates to come."""
        coming = occurrences(over_at__gt=now or timezone.now())
        to_be = Exists(coming.exclude(status="cancelled"))
        return self.filter(Q(status="cancelled") | Exists(coming) & ~to_be)

    def between(self, start: datetime, end: datetime | None = None) -> EventQuerySet:
        """Events that take place in [start, end[, with the first occurrence of that period.

        Without `end`, the period is open.
        """
        found = during(start, end)
        # What is over for good by then is passed over through the index.
        events = self.filter(over_at__gt=start)
        return events.taking_place(found) if end else events.with_next(found)

    def past(self, now: datetime | None = None) -> EventQuerySet:
        """Events that are over for good, with the `next_start` of their last occurrence."""
        return self.filter(over_at__lte=now or timezone.now()).with_next(last())

    def taking_place(self, found: QuerySet, names: Sequence[str] = NEXT) -> EventQuerySet:
        """Events that have one of these occurrences, annotated with the first of them."""
        return self.filter(Exists(found)).with_next(found, names)

    def with_next(self, found: QuerySet, names: Sequence[str] = NEXT) -> EventQuerySet:
        """Annotated with the first of these occurrences; nothing, for those that have none.

        A cancelled one is told only where no other comes: it is one date of the event.
        """
        if not found.query.order_by:
            found = found.order_by(OFF_LAST, "start")
        return self.annotate(**{f"next_{name}": Subquery(found.values(name)[:1]) for name in names})

    def with_taken(self) -> EventQuerySet:
        """After `with_next`: how many people come to that occurrence, as `places.py` counts."""
        Registration = apps.get_model("agenda", "Registration")
        for_all = When(capacity_is_for="all", then=Value(""))
        people = Registration.objects.filter(
            event=OuterRef("pk"), state="registered", occurrence_key=OuterRef("taken_key")
        )
        total = people.order_by().values("event").annotate(total=Sum("people")).values("total")
        return self.annotate(
            taken_key=Case(for_all, default="next_key"),
            next_taken=Coalesce(Subquery(total), 0),
        )

    def marked(self, territory: Territory | None) -> EventQuerySet:
        """Says of each event whether a mark of another plugin puts it first: `is_forward`."""
        firsts = [mark.first("pk") for mark in marks_of(self.model, territory) if mark.first]
        # PostgreSQL orders by no constant, which is what is left where nothing marks.
        nothing = Cast(Value(False), BooleanField())
        return self.annotate(
            is_forward=Case(
                *[When(first, then=Value(True)) for first in firsts],
                default=nothing,
                output_field=BooleanField(),
            )
        )

    def forward(self, territory: Territory | None) -> EventQuerySet:
        """Only the events that a mark of another plugin puts first."""
        wanted = Q(pk__in=[])
        for mark in marks_of(self.model, territory):
            if mark.first:
                wanted |= Q(mark.first("pk"))
        return self.filter(wanted)

    def in_full(self) -> EventQuerySet:
        """With what a line of a list shows beside the page itself."""
        return self.select_related("format", "place", "organiser")


EventManager = PageManager.from_queryset(EventQuerySet)
