"""Which search documents may be shown to whom, and in which language."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Sqrt

from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.places.distance import Point, within
from territories.plugins.registry import contributions, working

# An event in progress still has its beginning as its next date; so has one that ended while no
# worker was there to look for the next.
LONGEST_EVENT = timedelta(days=7)
# A worker tells an engine outside at once, or the next minute.
TOLD_WITHIN = timedelta(minutes=2)


# What bears a mark stands a little above; what is written for professionals below what residents
# look for, and what is there to be read a little below what helps.
FOR_A_MARK, FOR_PROFESSIONALS, TO_READ = 1.05, 0.5, 0.77
# Who may be asked can help with more than what is written of them, and says little of it.
TO_GO_TO = 1.2
# What is there on some days stands a little below what is there any day; what is far away in time
# too, and what was confirmed long ago.
ON_SOME_DAYS, FAR_AWAY, LONG_AGO = 0.88, 0.93, 0.97
SOON, LATELY = timedelta(days=30), timedelta(days=365)


class Around(NamedTuple):
    here: Point
    km: float


def kinds_for_professionals() -> list[str]:
    return [one.kind for _, one in contributions("SEARCHABLES") if one.is_for_professionals]


def kinds_to_read() -> list[str]:
    return [one.kind for _, one in contributions("SEARCHABLES") if one.is_to_read]


def kinds_to_go_to() -> list[str]:
    return [one.kind for _, one in contributions("SEARCHABLES") if one.is_to_go_to]


def is_past(now: datetime) -> Q:
    """Over: its last date is behind us, and no occurrence is going on."""
    return Q(last_date__lt=now) & (Q(next_date=None) | Q(next_date__lt=now - LONGEST_EVENT))


def is_past_now(document, now: datetime) -> bool:
    """The same, of one row."""
    return (
        document.last_date is not None
        and document.last_date < now
        and (document.next_date is None or document.next_date < now - LONGEST_EVENT)
    )


def only(condition: Q, favour: float) -> Case:
    return Case(When(condition, then=Value(favour)), default=Value(1.0))


def openings() -> dict[str, list[int]]:
    """The online territories where each plugin works; "": where the ground does. One query, and a
    condition of numbers: written as queries inside the question, they took longer to put together
    than to answer."""
    switched: dict[int, set[str]] = {}
    rows = Territory.objects.online().order_by("pk")
    for pk, plugin, is_on in rows.values_list("pk", "switches__plugin", "switches__is_on"):
        switched.setdefault(pk, set()).update([plugin] if is_on else ())
    found: dict[str, list[int]] = {}
    for pk, plugins in switched.items():
        for plugin in ("", *sorted(working(plugins))):
            found.setdefault(plugin, []).append(pk)
    return found


class SearchDocumentQuerySet(models.QuerySet):
    def waiting(self, now: datetime) -> SearchDocumentQuerySet:
        """Changed since the indexer last saw them, the longest known first."""
        return self.to_read().filter(Q(retry_at=None) | Q(retry_at__lte=now)).order_by("pk")

    def unsent(self, now: datetime) -> SearchDocumentQuerySet:
        """Read, and not yet told to the engine outside the database."""
        return self.to_send().filter(Q(retry_at=None) | Q(retry_at__lte=now)).order_by("pk")

    def to_read(self) -> SearchDocumentQuerySet:
        """Changed since the indexer last saw them, or not readable then."""
        return self.filter(version__gt=F("indexed_version"))

    def to_send(self) -> SearchDocumentQuerySet:
        """Read, and not known to the engine outside."""
        return self.filter(version__gt=F("sent_version"), indexed_version=F("version"))

    def refused(self) -> SearchDocumentQuerySet:
        """Not taken by the engine outside, which is asked again later."""
        return self.to_send().filter(retry_at__isnull=False)

    def untold(self, now: datetime) -> SearchDocumentQuerySet:
        """What the engine outside should know by now and does not."""
        late = Q(updated_at__lt=now - TOLD_WITHIN)
        return self.to_send().filter(Q(retry_at__isnull=False) | late)

    def findable(self, territory: Territory | None, now: datetime) -> SearchDocumentQuerySet:
        """What may be found on a territory's host (None: on the portal) at this moment.

        A closed plugin's documents are left out here, so that closing takes effect at once.
        """
        found = self.filter(is_withdrawn=False).filter(Q(expires_at=None) | Q(expires_at__gt=now))
        if territory is not None:
            return found.filter(
                shown_in=territory, plugin__in=["", *sorted(territory.enabled_plugins)]
            )
        alike: dict[tuple[int, ...], list[str]] = {}
        for plugin, places in openings().items():
            alike.setdefault(tuple(places), []).append(plugin)
        is_open = Q(territory=None)
        for places, together in alike.items():
            is_open |= Q(plugin__in=together, territory_id__in=places)
        return found.filter(on_portal=True).filter(is_open)

    def in_language(self, language: str, now: datetime) -> SearchDocumentQuerySet:
        """One document a record: in this language where it exists, else in the source language."""
        if language == SOURCE_LANGUAGE:
            return self.filter(language=SOURCE_LANGUAGE)
        translated = self.model.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            translation_key=OuterRef("translation_key"),
            language=language,
            is_withdrawn=False,
        )
        return self.filter(Q(language=language) | Q(language=SOURCE_LANGUAGE) & ~Exists(translated))

    def not_past(self, now: datetime) -> SearchDocumentQuerySet:
        return self.exclude(is_past(now))

    def around(self, around: Around | None) -> SearchDocumentQuerySet:
        """Those that are near enough, wherever none is asked for."""
        if around is None:
            return self
        return within(
            self, around.here, around.km, latitude=F("latitude"), longitude=F("longitude")
        )

    def with_order(self, now: datetime, around: Around | None = None) -> SearchDocumentQuerySet:
        """Annotates what orders beside the text: `past` (0 or 1), and `favour`, which multiplies
        it; where a place is asked for, `far`, and what is at the edge is worth half."""
        favour = (
            Case(
                When(kind__in=kinds_for_professionals(), then=Value(FOR_PROFESSIONALS)),
                When(~Q(marks=[]), then=Value(FOR_A_MARK)),
                default=Value(1.0),
            )
            * only(Q(kind__in=kinds_to_read()), TO_READ)
            * only(Q(kind__in=kinds_to_go_to()), TO_GO_TO)
            * only(Q(next_date__isnull=False), ON_SOME_DAYS)
            * only(Q(next_date__gt=now + SOON), FAR_AWAY)
            * only(Q(confirmed_on__lt=(now - LATELY).date()), LONG_AGO)
        )
        far: Combinable = Value(0.0)
        if around is not None:
            far = Sqrt(F("near_squared"), output_field=FloatField())
            favour = favour * (Value(1.0) - far / Value(2.0 * around.km))
        return self.annotate(
            past=Case(When(is_past(now), then=Value(1)), default=Value(0)),
            favour=favour,
            far=far,
        )
