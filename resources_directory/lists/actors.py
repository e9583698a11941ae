"""The actors as a visitor has narrowed them: the same for the map, the list beside it and its
exports."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from resources_directory.models import ActorPage, ServicePage
from resources_directory.near import Near
from territories.vocabulary.models import Term

from .facts import WHERE, Answers, Facts, Where, columns, listed, only, text, where
from .questions import OF_ACTORS
from .sheets import SheetList

# A map of one territory fits in one page; the portal's is narrowed, or read page after page.
PER_PAGE = 200


class ActorFacts(Facts):
    def __init__(self, near: Near, now: datetime) -> None:
        super().__init__(near, now)
        self.keys, self.titles, self.zones, self.owners, *values = columns(
            self.actors,
            *("pk", "title", "territory__time_zone", "territory__name", "opening_hours"),
            *("category", text("languages_spoken"), *WHERE),
        )
        hours, self._categories, languages, *addresses = values
        self.hours = [
            only(self.closed("actor", key, text))
            for key, text in zip(self.keys, hours, strict=True)
        ]
        self.languages: list[Answers] = list(map(listed, languages))
        self.places: list[tuple[Where, ...]] = [
            tuple(filter(None, [where(address, actor=pk)]))
            for pk, *address in zip(self.keys, *addresses, strict=True)
        ]

    @cached_property
    def actors(self) -> QuerySet:
        return ActorPage.objects.findable().in_territory(self.territory)

    @cached_property
    def ranks(self) -> list[tuple[Any, ...]]:
        """By name; on the portal, those of one territory together."""
        owners = [""] * len(self.keys) if self.territory else self.owners
        names = map(str.casefold, self.titles)
        return list(zip(owners, names, self.keys, strict=True))

    @cached_property
    def needs(self) -> list[Answers]:
        """By its own category, and by the services of its that may be seen."""
        services = ServicePage.objects.live().public().records().in_territory(self.territory)
        answering = services.filter(themes__parent__isnull=False)
        actors, offered = columns(answering, "actor", "themes__parent")
        own = [(key, need) for key, need in zip(self.keys, self._categories, strict=True) if need]
        keys, needs = zip(*own, strict=True) if own else ((), ())
        return self.of_terms([*keys, *actors], [*needs, *offered], attrgetter("code"))

    @cached_property
    def networks(self) -> list[Answers]:
        through = ActorPage.networks.through.objects
        if self.territory is not None:
            through = through.filter(actorpage__territory=self.territory)
        return self.of_terms(*columns(through, "actorpage", "term"), attrgetter("code"))

    @property
    def network_names(self) -> dict[str, str]:
        return self.words_of(Term.Kind.NETWORK)


class ActorList(SheetList):
    questions = OF_ACTORS
    per_page = PER_PAGE

    @cached_property
    def facts(self) -> ActorFacts:
        return ActorFacts(self.near, self.now)

    @property
    def everywhere(self):
        return self.facts.actors

    def dress(self, records):
        return records.select_related("locale", "territory__site").with_services()

    @property
    def geojson_url(self) -> str:
        """All the pages of the list: what is far apart there stands side by side on a map."""
        query = self.listing.query
        address = reverse("resources_directory:actors")
        return f"{address}?{query}" if query else address
