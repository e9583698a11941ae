"""The facts of the services of a guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

from django.db.models import CharField, QuerySet, Value

from resources_directory.models import ActorPage, ServicePage, ServicePlace
from resources_directory.near import Near
from territories.territory import zone_of
from territories.vocabulary.models import Term

from .columns import (
    IS_SOMEWHERE,
    NONE,
    WHERE,
    YES,
    Answers,
    Column,
    Where,
    alike_again,
    at_home,
    columns,
    listed,
    single,
    text,
    where,
)
from .facts import Facts, department

REMOTE = '"a-distance"'
WHOLE_COUNTRY = "france"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Door(NamedTuple):
    """One of the places of a service, and the rules that hold there."""

    place: Where | None
    hours: str


class ServiceFacts(Facts):
    def __init__(self, near: Near, now: datetime) -> None:
        super().__init__(near, now)
        self.keys, self.titles, self._actors, *values = columns(
            self.services,
            *("pk", "title", "actor", "type", "fees", "opening_hours"),
            *(text("reception_modes"), text("languages_spoken"), text("eligibility_zone")),
            *(Column(field, filter=IS_SOMEWHERE) for field in ("pk", *WHERE)),
            # Of one territory it is known.
            *(() if self.territory else ("territory__time_zone",)),
        )
        self._types, self._fees, self._hours, *values = values
        self._modes, self._languages, self._eligible, *values = values
        self._where, zones = values[: len(WHERE) + 1], values[len(WHERE) + 1 :]
        self.zones = zones[0] if zones else [self.territory.time_zone] * len(self.keys)

    @cached_property
    def services(self) -> QuerySet:
        return ServicePage.objects.findable().in_territory(self.territory)

    @cached_property
    def actors(self) -> dict[int, tuple[str, Answers, tuple[Where, ...]]]:
        """Of those that may be shown: their hours, their languages, and where they are."""
        found = ActorPage.objects.findable().in_territory(self.territory)
        keys, hours, languages, *values = columns(
            found, "pk", "opening_hours", text("languages_spoken"), *WHERE
        )
        places = at_home(keys, *values, are_actors=True)
        return {
            key: (self.closed("actor", key, usual), listed(spoken), places.get(key, ()))
            for key, usual, spoken in zip(keys, hours, languages, strict=True)
        }

    @cached_property
    def _several(self) -> dict[int, list[Door]]:
        """The places of the services that have their own, by the service's row. A host that may
        not be shown takes its place along."""
        found: dict[int, list[Door]] = defaultdict(list)
        today = self.now.astimezone(zone_of(self.territory)).date()
        for place in self.own_places.values():
            row, host = self.rows.get(place.service_id), place.actor_id
            if row is None or (host is not None and host not in self.actors):
                continue
            if host is None:
                usual = ""
                at = where(*(getattr(place, name) for name in (*WHERE[:-1], f"{WHERE[-1]}_id")))
            else:
                usual, _languages, home = self.actors[host]
                at = home[0] if home else None
            usual = on_the_day(place.days, today) if place.days else self._hours[row] or usual
            at = at and at._replace(place=place.pk)
            found[row].append(Door(at, place.opening_hours or usual))
        return found

    @cached_property
    def own_places(self) -> dict[int, ServicePlace]:
        found = ServicePlace.objects.order_by("sort_order", "pk")
        if self.territory is not None:
            found = found.filter(service__territory=self.territory)
        return {place.pk: place for place in found}

    @cached_property
    def places(self) -> list[tuple[Where, ...]]:
        """At each of its places, else at its own address, else at its actor's."""
        at = {pk: place for pk, (_hours, _languages, place) in self.actors.items()}
        found = [at.get(actor, ()) for actor in self._actors]
        for key, itself in at_home(*self._where).items():
            found[self.rows[key]] = itself
        for row, doors in self._several.items():
            found[row] = tuple(door.place for door in doors if door.place)
        return found

    @cached_property
    def hours(self) -> list[tuple[str, ...]]:
        actors = {pk: single(hours) for pk, (hours, _languages, _place) in self.actors.items()}
        found = [
            single(own) or actors.get(actor, ())
            for own, actor in zip(self._hours, self._actors, strict=True)
        ]
        for row, doors in self._several.items():
            found[row] = tuple(door.hours for door in doors if door.hours)
        for whose, key in self.closures:
            if whose == "service" and key in self.rows:
                row = self.rows[key]
                found[row] = tuple(self.closed(whose, key, hours) for hours in found[row])
        return found

    @cached_property
    def languages(self) -> list[Answers]:
        actors = {pk: languages for pk, (_hours, languages, _place) in self.actors.items()}
        own = alike_again(self._languages, listed)
        return [
            one or actors.get(actor, NONE) for one, actor in zip(own, self._actors, strict=True)
        ]

    @cached_property
    def types(self) -> Sequence[Answers]:
        return alike_again(self._types, single)

    @cached_property
    def fees(self) -> Sequence[Answers]:
        return alike_again(self._fees, single)

    @cached_property
    def remote(self) -> Sequence[Answers]:
        return alike_again(self._modes, is_remote)

    @cached_property
    def needs(self) -> Sequence[Answers]:
        return self.of_terms(*self._carried["themes"], self.family)

    @cached_property
    def publics(self) -> Sequence[Answers]:
        return self.of_terms(*self._carried["publics"], attrgetter("code"))

    @property
    def public_words(self) -> dict[str, str]:
        return self.words_of(Term.Kind.PUBLIC)

    @cached_property
    def _carried(self) -> dict[str, tuple[Sequence[int], Sequence[int]]]:
        """Services and their terms, pair by pair: themes and publics in one query."""
        parts = []
        for name in ("themes", "publics"):
            through = getattr(ServicePage, name).through.objects.order_by()
            if self.territory is not None:
                through = through.filter(servicepage__territory=self.territory)
            pairs = through.values(field=Value(name, CharField())).annotate(
                services=Column("servicepage"), terms=Column("term")
            )
            parts.append(pairs.values_list("field", "services", "terms"))
        found = parts[0].union(*parts[1:], all=True)
        return defaultdict(
            lambda: ((), ()), {name: (services, terms) for name, services, terms in found}
        )

    @cached_property
    def reached(self) -> list[Answers]:
        """The towns where it is given, and those whose people may ask for it from home."""

        @cache
        def of_zone(written: str) -> Answers:
            codes = set(listed(written))
            # A zone that nobody wrote keeps nobody out.
            return tuple(
                name
                for name, around in self.known_towns.items()
                if not codes or not codes.isdisjoint(around)
            )

        @cache
        def both(held: Answers, zone: str) -> Answers:
            return tuple(dict.fromkeys([*held, *of_zone(zone)]))

        return [
            both(held, zone) if remote else held
            for held, zone, remote in zip(self.held, self._eligible, self.remote, strict=True)
        ]

    @cached_property
    def known_towns(self) -> dict[str, set[str]]:
        """Where something is given, and the territory's own: by name, the codes of the zones that
        hold them."""
        zones = {name: (code, "") for name, code in self.towns.items()}
        if self.territory is not None:
            own = (row for row in self.near.known if row.kind == "commune")
            zones |= {row.name: (row.code, row.around) for row in own}
        return {
            name: {code, department(code), around, WHOLE_COUNTRY}
            for name, (code, around) in zones.items()
        }


def is_remote(modes: str) -> Answers:
    return YES if REMOTE in modes else NONE


def on_the_day(days: list[dict[str, str]], day: date) -> str:
    """The permanences of one day as opening hours, "" where there are none."""
    found = [
        f"{one['start']}-{one['end']}"
        for one in days
        if one["day"] == day.isoformat() and one["start"] and one["end"]
    ]
    named = f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"
    return f"{named} {','.join(found)}; PH {','.join(found)}" if found else ""
