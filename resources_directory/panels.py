from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from territories.pages.homes import TerritoryHomePage
from territories.plugins.contributions import Choice, Panel

from .facets import NEEDS_OF_SERVICES
from .guide import THEME, tile
from .models import ServicePage


def needs(request: HttpRequest, page: TerritoryHomePage) -> Mapping[str, Any] | None:
    """The needs that some service here answers."""
    found = list(
        NEEDS_OF_SERVICES.choices(ServicePage.objects.findable().in_territory(request.territory))
    )
    if not found:
        return None
    return {
        "needs": [
            tile(Choice(code, label, count), f"?{THEME}={code}") for code, label, count in found
        ]
    }


PANELS = [
    Panel(
        "needs",
        "territories.TerritoryHomePage",
        "resources_directory/panels/needs.html",
        needs,
        order=10,
    )
]
