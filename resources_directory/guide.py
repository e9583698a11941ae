"""The guide as a visitor has narrowed it: the needs as a mosaic, the services under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.expressions import OrderBy
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from territories.pages.listing import Listing
from territories.plugins.contributions import Choice
from territories.vocabulary.models import Term

from .models import ServicePage

THEME = "theme"


@dataclass
class Group:
    """The services under one need, with the words and the pictogram of its heading."""

    title: str
    icon: str
    items: list[ServicePage] = field(default_factory=list)


def first_need() -> OrderBy:
    """Services in the order of the families of themes; those without a theme come last."""
    first = (
        ServicePage.themes.through.objects.filter(servicepage=OuterRef("pk"))
        .order_by("term__parent__position")
        .values("term__parent__position")
    )
    return Subquery(first[:1]).asc(nulls_last=True)


def services(request: HttpRequest) -> Listing:
    return Listing(
        request,
        ServicePage.objects.findable().in_territory(request.territory).with_actor(),
        ordering=[first_need(), "title", "pk"],
        prefetch=[
            Prefetch("themes", Term.objects.select_related("parent").order_by("parent__position"))
        ],
    )


def guide(request: HttpRequest) -> dict[str, Any]:
    listing = services(request)
    facets = {shown.facet.name: shown for shown in listing.facets}
    needs = facets.pop(THEME).choices if THEME in facets else []
    icons = icons_of_needs()
    chosen = [need for need in needs if need.selected]
    return {
        "listing": listing,
        "facets": list(facets.values()),
        "tiles": [tile(need, icons, listing.url_with(THEME, need.value)) for need in needs],
        "kept": [{"name": THEME, "value": need.value} for need in chosen],
        "groups": groups(listing.items, chosen, icons),
        "chosen": chosen[0] if len(chosen) == 1 else None,
    }


def icons_of_needs() -> dict[str, str]:
    return dict(Term.objects.of(Term.Kind.THEME_CATEGORY).values_list("code", "icon"))


def tile(need: Choice, icons: dict[str, str], url: str) -> dict[str, Any]:
    count = ngettext("%(count)d aide", "%(count)d aides", need.count) % {"count": need.count}
    return {
        "title": need.label,
        "detail": count,
        "icon": icons.get(need.value, ""),
        "url": url,
        "current": need.selected,
    }


def groups(
    items: Iterable[ServicePage], chosen: list[Choice], icons: dict[str, str]
) -> list[Group]:
    """One group a need; a single one when the visitor has chosen a need."""
    if len(chosen) == 1:
        return [Group(chosen[0].label, icons.get(chosen[0].value, ""), list(items))]
    found: dict[str, Group] = {}
    for item in items:
        code = item.need.code if item.need else ""
        title = item.need.words if item.need else _("D’autres aides")
        found.setdefault(code, Group(title, item.need.icon if item.need else "info"))
        found[code].items.append(item)
    return list(found.values())
