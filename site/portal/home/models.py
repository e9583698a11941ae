from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agenda.lines import Line
from agenda.shortlist import shortlist
from territories.models import Territory
from territories.pages.homes import HomePage

from . import france


class PortalHomePage(HomePage):
    """The national portal's home: the territories, what is next everywhere, one search."""

    template = "portal_home/portal_home_page.html"

    class Meta:
        verbose_name = _("accueil du portail national")
        verbose_name_plural = _("accueils du portail national")

    def find_territory_id(self) -> None:
        return None

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        territories = list(
            Territory.objects.online().select_related("site").prefetch_related("communes")
        )
        return {
            **context,
            "territories": territories,
            "france": france,
            "pins": pins(territories),
            "events": next_marked_events(),
        }


def pins(territories: list[Territory]) -> list[tuple[Territory, france.Point]]:
    """Territories on the drawing of France, at their first commune whose place is known."""
    placed = []
    for territory in territories:
        for commune in territory.communes.all():
            if commune.latitude is not None and commune.longitude is not None:
                if point := france.place(commune.longitude, commune.latitude):
                    placed.append((territory, point))
                break
    return placed


def next_marked_events(number: int = 6) -> list[Line]:
    """The next events everywhere that a mark puts forward: the labelled ones."""
    return shortlist(None, count=number, forward_only=True)
