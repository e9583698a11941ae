"""What the guide and the list of actors share: one question of the address, several ways to look at
its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from resources_directory.hours.open_now import state
from resources_directory.near import Near
from territories.pages.listing import ShownFacet

from .facts import Facts, clock_of
from .narrowed import NEAR, Narrowed
from .nearest import Nearest
from .questions import OPEN, Question

LIST, MAP = "liste", "carte"
VIEWS = {LIST: (_("Liste"), "list"), MAP: (_("Carte"), "map")}


class SheetList:
    """Reads `?pres=`, `?rayon=`, `?vue=` and the questions of the list; ignores the rest.

    `path`: of the list, where the request is for something else than its page.
    """

    questions: Sequence[Question]
    per_page = 20
    # Answers of this question stand elsewhere than in the form: it keeps those that are chosen.
    apart = ""

    def __init__(
        self, request: HttpRequest, now: datetime | None = None, *, path: str = ""
    ) -> None:
        self.request = request
        self.path = path or request.path
        self.territory = request.territory
        self.now = now or timezone.now()
        self.view = MAP if request.GET.get("vue") == MAP else LIST
        self.near = Near(request)

    @cached_property
    def facts(self) -> Facts:
        raise NotImplementedError

    @property
    def everywhere(self) -> QuerySet:
        """The records that visitors may find, whatever was asked."""
        raise NotImplementedError

    def dress(self, records: QuerySet) -> QuerySet:
        """What the line of a record needs, in the same query."""
        raise NotImplementedError

    @cached_property
    def listing(self) -> Narrowed:
        return Narrowed(
            self.request,
            self.everywhere,
            facts=self.facts,
            questions=self.questions,
            near=self.near,
            dress=self.dress,
            per_page=self.per_page,
            is_passing=self.view != LIST or OPEN.name in self.request.GET,
        )

    @property
    def records(self) -> QuerySet:
        """What is listed, all pages together: for exports."""
        return self.listing.among(self.listing.keys)

    @cached_property
    def items(self) -> list[Page]:
        return self.told(self.listing.items)

    def told(self, items: Sequence[Page]) -> list[Page]:
        """With what a line says of this moment and of the place that was named."""
        facts = self.facts
        for item in items:
            row = facts.rows[item.pk]
            clock = self.now.astimezone(clock_of(facts.zones[row]))
            states = filter(None, (state(hours, clock) for hours in facts.hours[row]))
            item.state = max(states, key=attrgetter("is_open"), default=None)
            point = facts.nearest(row, self.near.place.point) if self.near.place else None
            item.distance = self.near.distance(point)
            item.towns = facts.held[row]
        return list(items)

    @property
    def tiles(self) -> Mapping[str, str] | None:
        return getattr(settings, "MAP_TILES", None)

    @property
    def views(self) -> list[Mapping[str, Any]]:
        """The ways to look at the same sheets."""
        return [
            {
                "label": label,
                "icon": icon,
                "current": name == self.view,
                "url": self.url(vue="" if name == LIST else name),
            }
            for name, (label, icon) in VIEWS.items()
        ]

    def url(self, **changes: str) -> str:
        """This list with some parameters changed, or without those that are empty."""
        parameters = self.request.GET.copy()
        parameters.pop("page", None)
        for name, value in changes.items():
            parameters.pop(name, None)
            if value:
                parameters[name] = value
        query = parameters.urlencode()
        return f"{self.path}?{query}" if query else self.path

    def url_without(self, names: Sequence[str]) -> str:
        return self.url(**dict.fromkeys(names, ""))

    @property
    def active(self) -> Sequence[Mapping[str, str]]:
        """The filters in force, each with the address that removes it."""
        chips = list(self.listing.active)
        if self.near:
            chips.insert(0, {"label": self.near.words, "url": self.url_without(NEAR)})
        return chips

    @property
    def fieldsets(self) -> list[Mapping[str, Any]]:
        """The questions of the form, those of one heading together."""
        shown = [one for one in self.listing.facets if one.facet.name != self.apart]
        return [
            {"label": label, "facets": list(facets)}
            for label, facets in groupby(shown, key=lambda one: str(one.facet.label))
        ]

    @property
    def kept(self) -> list[Mapping[str, str]]:
        """What the form must keep beside its own fields."""
        names = ["vue"] if self.view == MAP else []
        kept = [{"name": name, "value": self.request.GET[name]} for name in names]
        if shown := self.shown(self.apart):
            kept += [{"name": self.apart, "value": one.value} for one in shown.selected]
        return kept

    def shown(self, name: str) -> ShownFacet | None:
        return next((one for one in self.listing.facets if one.facet.name == name), None)

    @cached_property
    def nearest(self) -> Nearest:
        return Nearest(self)
