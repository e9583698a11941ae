"""The guide as a visitor has narrowed it: the needs as a mosaic, the services under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources_directory.models import ServicePage
from resources_directory.models.services import BY_NEED
from territories.pages.listing import Listing
from territories.plugins.contributions import Choice
from territories.vocabulary.families import families

THEME = "theme"


@dataclass
class Group:
    """The services under one need, with the words and the pictogram of its heading."""

    title: str
    icon: str
    items: list[ServicePage] = field(default_factory=list)


def services(request: HttpRequest) -> Listing:
    found = ServicePage.objects.findable().in_territory(request.territory)
    return Listing(request, found.with_actor().with_need(), ordering=BY_NEED)


def guide(request: HttpRequest) -> dict[str, Any]:
    listing = services(request)
    facets = {shown.facet.name: shown for shown in listing.facets}
    needs = facets.pop(THEME).choices if THEME in facets else []
    chosen = [need for need in needs if need.selected]
    return {
        "listing": listing,
        "facets": list(facets.values()),
        "tiles": [tile(need, listing.url_with(THEME, need.value)) for need in needs],
        "kept": [{"name": THEME, "value": need.value} for need in chosen],
        "groups": groups(listing.items, chosen),
        "chosen": chosen[0] if len(chosen) == 1 else None,
    }


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


def groups(items: Iterable[ServicePage], chosen: list[Choice]) -> list[Group]:
    """One group a need; a single one when the visitor has chosen a need."""
    if len(chosen) == 1:
        return [Group(chosen[0].label, icon_of(chosen[0]), list(items))]
    found: dict[str, Group] = {}
    for item in items:
        code = item.need.code if item.need else ""
        title = item.need.words if item.need else _("D’autres aides")
        found.setdefault(code, Group(title, item.need.icon if item.need else "info"))
        found[code].items.append(item)
    return list(found.values())
