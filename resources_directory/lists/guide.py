"""The guide as a visitor has narrowed it: the same services for its list, its map and its
exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources_directory.models import ServicePage
from territories.plugins.contributions import Choice
from territories.vocabulary.families import families

from .questions import NEED, OF_SERVICES
from .services import ServiceFacts
from .sheets import MAP, SheetList
from .spots import Spots

THEME = NEED.name


@dataclass
class Group:
    """The services under one need, with the words and the pictogram of its heading."""

    title: str
    icon: str
    items: list[ServicePage] = field(default_factory=list)


class Guide(SheetList):
    questions = OF_SERVICES
    # The needs are a mosaic above the list.
    apart = THEME

    @cached_property
    def facts(self) -> ServiceFacts:
        return ServiceFacts(self.near, self.now)

    @property
    def everywhere(self):
        return self.facts.services

    def dress(self, records):
        # The towns of its places are facts of the list.
        dressed = records.select_related("locale", "territory__site").with_actor().with_need()
        return dressed.prefetch_related(None)

    @property
    def needs(self) -> Sequence[Choice]:
        shown = self.shown(THEME)
        return shown.choices if shown else []

    @property
    def chosen(self) -> Choice | None:
        """The need that was chosen, when it is one."""
        chosen = [need for need in self.needs if need.selected]
        return chosen[0] if len(chosen) == 1 else None

    @property
    def mosaic(self) -> list[dict[str, Any]]:
        return [tile(need, self.url(**{THEME: need.value})) for need in self.needs]

    @property
    def groups(self) -> list[Group]:
        """One group a need; a single one where another order says more, or a need was chosen."""
        if self.chosen:
            return [Group(self.chosen.label, icon_of(self.chosen), self.items)]
        if self.near:
            return [Group("", "", self.items)] if self.items else []
        return by_need(self.items)

    @cached_property
    def spots(self) -> Spots:
        return Spots(self)

    @property
    def shows_map(self) -> bool:
        return self.view == MAP

    @property
    def folds_mosaic(self) -> bool:
        """Where something else is looked at: on a phone the mosaic fills four screens."""
        return self.shows_map or self.chosen is not None

    @property
    def list_url(self) -> str:
        return self.url(vue="")

    @property
    def geojson_url(self) -> str:
        query = self.request.GET.urlencode()
        address = reverse("resources_directory:services")
        return f"{address}?{query}" if query else address


def tile(need: Choice, url: str) -> dict[str, Any]:
    count = ngettext("%(count)d aide", "%(count)d aides", need.count) % {"count": need.count}
    return {
        "title": need.label,
        "detail": count,
        "icon": icon_of(need),
        "url": url,
        "current": need.selected,
    }


def icon_of(need: Choice) -> str:
    family = families().get(need.value)
    return family.icon if family else ""


def by_need(items: Iterable[ServicePage]) -> list[Group]:
    found: dict[str, Group] = {}
    for item in items:
        code = item.need.code if item.need else ""
        title = item.need.words if item.need else _("D’autres aides")
        found.setdefault(code, Group(title, item.need.icon if item.need else "info"))
        found[code].items.append(item)
    return list(found.values())
