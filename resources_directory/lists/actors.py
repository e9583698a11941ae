"""The actors as a visitor has narrowed them: the same for the map, the list beside it and its
exports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from django.db.models import QuerySet
from django.urls import reverse

from resources_directory.models import ActorPage, ServicePage
from resources_directory.near import Near
from territories.vocabulary.models import Term

from .columns import WHERE, Answers, Where, alike, at_home, by_name, columns, listed, single, text
from .facts import Facts
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
            single(self.closed("actor", key, text))
            for key, text in zip(self.keys, hours, strict=True)
        ]
        self.languages: Sequence[Answers] = alike(languages, listed)
        places = at_home(self.keys, *addresses, are_actors=True)
        self.places: list[tuple[Where, ...]] = [places.get(key, ()) for key in self.keys]

    @cached_property
    def actors(self) -> QuerySet:
        return ActorPage.objects.findable().in_territory(self.territory)

    @cached_property
    def order(self) -> Sequence[int]:
        """By name; on the portal, those of one territory together."""
        order = by_name(self.keys, self.titles)
        return order if self.territory else sorted(order, key=self.owners.__getitem__)

    @cached_property
    def needs(self) -> Sequence[Answers]:
        """By its own category, and by the services of its that may be seen."""
        services = ServicePage.objects.live().public().records().in_territory(self.territory)
        actors, themes = columns(services, "actor", "themes")
        own = [(key, need) for key, need in zip(self.keys, self._categories, strict=True) if need]
        keys, needs = zip(*own, strict=True) if own else ((), ())
        return self.of_terms((*keys, *actors), (*needs, *themes), self.need_of)

    def need_of(self, term: Term) -> str:
        """A category is one; a theme is of one."""
        return term.code if term.kind == Term.Kind.THEME_CATEGORY else self.family(term)

    @cached_property
    def networks(self) -> Sequence[Answers]:
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
