from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from territories.models import Territory
from territories.pages.homes import TerritoryHomePage
from territories.pages.translations import in_language
from territories.plugins.contributions import Choice, DashboardPanel, Figure, Panel
from territories.tenancy.guards import territories_of
from territories.vocabulary.facets import term_facet

from .closing import gone_sheets
from .lists.guide import THEME, tile
from .map_drawing import HEIGHT, WIDTH, drawing, drawing_key
from .models import ActorMapPage, ActorPage, RoutePage, ServicePage

NEEDS = term_facet(THEME, _("Besoin"), on=ServicePage._meta.label, field="themes", by_category=True)
STALE_SHOWN = 10
MOST_DRAWN = 80
MOST_ROUTES = 12
# Seconds. An actor that is saved has it drawn again at once (`signals.py`).
DRAWN_FOR = 600


def needs(request: HttpRequest, page: TerritoryHomePage) -> Mapping[str, Any] | None:
    """The needs that some service here answers."""
    services = ServicePage.objects.findable().in_territory(request.territory)
    found = list(NEEDS.choices(services))
    if not found:
        return None
    return {
        "needs": [
            tile(Choice(code, label, count), f"?{THEME}={code}") for code, label, count in found
        ]
    }


def places(request: HttpRequest, page: TerritoryHomePage) -> Mapping[str, Any] | None:
    """Where the actors are, as windows on a plain ground, and the way to the map."""
    drawn = cache.get_or_set(
        drawing_key(request.territory.pk), lambda: drawn_places(request.territory), DRAWN_FOR
    )
    return {"points": drawn, "width": WIDTH, "height": HEIGHT} if drawn else None


def drawn_places(territory: Territory) -> list[tuple[int, int]]:
    found = ActorPage.objects.findable().in_territory(territory)
    points = found.filter(latitude__isnull=False, longitude__isnull=False).values_list(
        "longitude", "latitude"
    )
    return drawing(list(points[:MOST_DRAWN]))


def routes(request: HttpRequest, page: ActorMapPage) -> Mapping[str, Any] | None:
    """Ways from place to place, under the map."""
    found = RoutePage.objects.findable().in_territory(request.territory).order_by("title", "pk")
    shown = in_language(found[:MOST_ROUTES], get_language() or "")
    return {"routes": shown} if shown else None


def stale_sheets(request: HttpRequest) -> Mapping[str, Any] | None:
    """The published sheets that nobody has confirmed for a year, the oldest first."""
    own = Territory.objects.with_plugin("resources_directory").filter(
        pk__in=territories_of(request.user)
    )
    lists = []
    for model, name, label in (
        (ServicePage, "services", _("services")),
        (ActorPage, "actors", _("acteurs")),
    ):
        sheets = model.objects.live().records().filter(territory__in=own).stale()
        found = list(sheets.order_by("confirmed_on", "pk")[: STALE_SHOWN + 1])
        if found:
            more = len(found) > STALE_SHOWN and f"{reverse(f'{name}:index')}?stale=true"
            lists.append((label, found[:STALE_SHOWN], more))
    return {"lists": lists} if lists else None


def services(territories):
    return ServicePage.objects.findable().per_territory(territories)


def actors(territories):
    return ActorPage.objects.findable().per_territory(territories)


PANELS = [
    Panel(
        "needs",
        "territories.TerritoryHomePage",
        "resources_directory/panels/needs.html",
        needs,
        order=10,
    ),
    Panel(
        "places",
        "territories.TerritoryHomePage",
        "resources_directory/panels/places.html",
        places,
        order=70,
    ),
    Panel(
        "routes",
        "resources_directory.ActorMapPage",
        "resources_directory/panels/routes.html",
        routes,
        order=10,
    ),
]
DASHBOARD = [
    DashboardPanel(
        "stale_sheets", "resources_directory/panels/stale_sheets.html", stale_sheets, order=120
    ),
    DashboardPanel(
        "gone_sheets", "resources_directory/panels/gone_sheets.html", gone_sheets, order=115
    ),
]
FIGURES = [
    Figure(
        "services",
        _("services dans le guide"),
        services,
        add=_("Ajouter un service"),
        adds="resources_directory.ServicePage",
        under="resources_directory.GuidePage",
        order=20,
    ),
    Figure(
        "actors",
        _("acteurs sur la carte"),
        actors,
        add=_("Ajouter un acteur"),
        adds="resources_directory.ActorPage",
        under="resources_directory.ActorMapPage",
        first=_("Présenter un premier acteur"),
        order=30,
    ),
]
