"""A route as one goes through it: the stops that may be shown, and how far they are apart.

A stop whose actor was deleted, unpublished or made private is left out, and the others are counted
on; one whose actor has no point stays in the list, and no distance is said to or from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from resources_directory.models import ActorPage
from territories.pages.base import SOURCE_LANGUAGE
from territories.pages.translations import in_language, said_in
from territories.places.distance import Point, kilometres, length_words, point_of

if TYPE_CHECKING:
    from resources_directory.models import RoutePage

# Streets turn: how much longer they are than the flight of a bird, in a town.
DETOUR = 1.3
# Kilometres an hour, at ease; a bus stops, and is waited for.
SPEEDS = {"walk": 4, "bike": 12, "bus": 12}


@dataclass
class Stop:
    """`onward_km`: to the next stop that has a point, as the crow flies; None from the last one."""

    id: str
    number: int
    actor: ActorPage
    words: str
    language: str
    onward_km: float | None = None

    @property
    def point(self) -> Point | None:
        return point_of(self.actor.latitude, self.actor.longitude)

    @property
    def said(self) -> str:
        """What to do there, in whichever language it was written."""
        return said_in(self.words, self.language)

    @property
    def onward(self) -> str:
        return length_words(self.onward_km) if self.onward_km is not None else ""


class Course:
    """`page`: the route in the visitor's language; its facts are the record's."""

    def __init__(self, page: RoutePage) -> None:
        self.page = page
        self.record: RoutePage = page.record
        self.hidden = 0

    @cached_property
    def stops(self) -> Sequence[Stop]:
        kept = list(self.record.stops.all())
        actors = self._actors({stop.actor_id for stop in kept})
        spoken = self._words()
        stops: list[Stop] = []
        for one in kept:
            if (actor := actors.get(one.actor_id)) is None:
                self.hidden += 1
                continue
            words = spoken.get(one.translation_key, "")
            language = self.page.language if words else SOURCE_LANGUAGE
            stop = Stop(
                str(one.translation_key), len(stops) + 1, actor, words or one.words, language
            )
            stops.append(stop)
        self._measure([stop for stop in stops if stop.point])
        return stops

    def _actors(self, keys: set[int | None]) -> dict[int, ActorPage]:
        """Those that may be shown, of the territory of the route alone."""
        found = ActorPage.objects.findable().filter(pk__in=keys, territory=self.record.territory_id)
        return {
            actor.pk: actor for actor in in_language(found.with_services(), get_language() or "")
        }

    def _words(self) -> dict[object, str]:
        """What the translation says of the stops."""
        if self.page.is_record:
            return {}
        return {stop.translation_key: stop.words for stop in self.page.stops.all()}

    def _measure(self, placed: Sequence[Stop]) -> None:
        onward = placed[1:]
        if self.record.is_loop and len(placed) > 1:
            onward = [*onward, placed[0]]
        for stop, following in zip(placed, onward, strict=False):
            stop.onward_km = kilometres(stop.point, following.point)

    @property
    def placed(self) -> Sequence[Stop]:
        return [stop for stop in self.stops if stop.point]

    @property
    def unplaced(self) -> int:
        return len(self.stops) - len(self.placed)

    @property
    def flown_km(self) -> float:
        return sum(stop.onward_km or 0 for stop in self.stops)

    @property
    def length(self) -> str:
        """As it was measured, else as the crow flies, which is said."""
        if self.record.length_km:
            return length_words(float(self.record.length_km))
        if not self.flown_km:
            return ""
        return _("%(length)s à vol d’oiseau") % {"length": length_words(self.flown_km)}

    @property
    def minutes(self) -> int:
        """By five: nobody is expected to the minute."""
        km = float(self.record.length_km or 0) or self.flown_km * DETOUR
        return ceil(km / SPEEDS[self.record.mode] * 12) * 5

    @property
    def duration(self) -> str:
        if not self.minutes:
            return ""
        return _("Environ %(duration)s, sans compter le temps passé à chaque étape") % {
            "duration": duration_words(self.minutes)
        }


def duration_words(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    if not hours:
        return ngettext("%(number)d minute", "%(number)d minutes", left) % {"number": left}
    if not left:
        return ngettext("%(number)d heure", "%(number)d heures", hours) % {"number": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": left}
