"""The facts of the services of a guide."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cache, cached_property

from django.db.models import CharField, QuerySet, Value

from resources_directory.models import ActorPage, ServicePage
from territories.places.models import Commune
from territories.territory import Territory
from territories.vocabulary.models import Term

from .facts import NONE, WHERE, YES, Answers, Facts, Joined, Where, department, listed, text, where

REMOTE = '"a-distance"'
WHOLE_COUNTRY = "france"


class ServiceFacts(Facts):
    def __init__(self, territory: Territory | None, now: datetime) -> None:
        super().__init__(territory, now)
        asked = (
            *("pk", "title", "territory__time_zone", "actor", "type", "fees", "opening_hours"),
            *(text("reception_modes"), Value("[]", CharField()), text("eligibility_zone")),
            *WHERE,
        )
        rows = self.services.order_by().values_list(*asked)
        columns = list(zip(*rows, strict=True)) or [()] * len(asked)
        self.keys, self.titles, self.zones, self._actors, *columns = columns
        self._types, self._fees, self._hours, *columns = columns
        self._modes, self._languages, self._eligible, *self._where = columns

    @cached_property
    def services(self) -> QuerySet:
        return ServicePage.objects.findable().in_territory(self.territory)

    @cached_property
    def actors(self) -> dict[int, tuple[str, Answers, Where | None]]:
        """Of those that may be shown: their hours, their languages, and where they are."""
        found = ActorPage.objects.findable().in_territory(self.territory).order_by()
        rows = found.values_list("pk", "opening_hours", text("languages_spoken"), *WHERE)
        return {
            pk: (hours, listed(languages), where(values, actor=pk))
            for pk, hours, languages, *values in rows
        }

    @cached_property
    def places(self) -> list[tuple[Where, ...]]:
        """At each of its places, else at its own address, else at its actor's."""
        at = {pk: (place,) for pk, (_hours, _languages, place) in self.actors.items() if place}
        own = map(where, zip(*self._where, strict=True))
        return [
            (itself,) if itself else at.get(actor, ())
            for itself, actor in zip(own, self._actors, strict=True)
        ]

    @cached_property
    def hours(self) -> list[str]:
        actors = {pk: hours for pk, (hours, _languages, _place) in self.actors.items()}
        return [
            own or actors.get(actor, "")
            for own, actor in zip(self._hours, self._actors, strict=True)
        ]

    @cached_property
    def languages(self) -> list[Answers]:
        actors = {pk: languages for pk, (_hours, languages, _place) in self.actors.items()}
        return [
            listed(own) or actors.get(actor, NONE)
            for own, actor in zip(self._languages, self._actors, strict=True)
        ]

    @cached_property
    def types(self) -> list[Answers]:
        return list(map(single, self._types))

    @cached_property
    def fees(self) -> list[Answers]:
        return list(map(single, self._fees))

    @cached_property
    def remote(self) -> list[Answers]:
        return [YES if REMOTE in modes else NONE for modes in self._modes]

    @cached_property
    def needs(self) -> list[Answers]:
        return self.of_terms(self._carried["themes"], self.family)

    @cached_property
    def publics(self) -> list[Answers]:
        return self.of_terms(self._carried["publics"], lambda term: term.code)

    @property
    def public_words(self) -> dict[str, str]:
        return self.words_of(Term.Kind.PUBLIC)

    @cached_property
    def _carried(self) -> dict[str, dict[int, str]]:
        """« 12,3 » by service, of its themes and of its publics, in one query."""
        parts = []
        for name in ("themes", "publics"):
            through = getattr(ServicePage, name).through.objects.order_by()
            if self.territory is not None:
                through = through.filter(servicepage__territory=self.territory)
            carried = through.values("servicepage").annotate(
                field=Value(name, CharField()), terms=Joined("term")
            )
            parts.append(carried.values_list("field", "servicepage", "terms"))
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for field, service, terms in parts[0].union(*parts[1:], all=True):
            found[field][service] = terms
        return found

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
        def towns(places: tuple[Where, ...], zone: str | None) -> Answers:
            held = [place.town for place in places if place.town]
            return tuple(dict.fromkeys([*held, *(of_zone(zone) if zone is not None else ())]))

        zones = (
            zone if remote else None
            for zone, remote in zip(self._eligible, self.remote, strict=True)
        )
        return list(map(towns, self.places, zones))

    @cached_property
    def known_towns(self) -> dict[str, set[str]]:
        """Where something is given, and the territory's own: by name, the codes of the zones that
        hold them."""
        codes = dict(self.towns)
        if self.territory is not None:
            own = Commune.objects.filter(territories=self.territory)
            codes |= {commune.name: commune.code for commune in own}
        return {name: {code, department(code), WHOLE_COUNTRY} for name, code in codes.items()}


@cache
def single(code: str) -> Answers:
    return (code,) if code else NONE
