from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.plugins.contributions import DashboardPanel, Figure, Panel
from territories.tenancy.roles import territories_where

from .lists import latest_news
from .models import Consent, NewsPage

ON_HOME = 3
WARNED_BEFORE = timedelta(days=31)
SHOWN = 10
MAY_KEEP = "newsroom.change_consent"


def news_on_home(request: HttpRequest, page) -> Mapping[str, Any] | None:
    lines = latest_news(request.territory, count=ON_HOME)
    return {"lines": lines} if lines else None


def consents_that_end(request: HttpRequest) -> Mapping[str, Any] | None:
    """The consents that end within a month, of the stories that are on the site."""
    own = territories_where(request.user, MAY_KEEP).with_plugin("newsroom")
    ending = Consent.objects.in_force(timezone.localdate()).filter(
        story__live=True,
        story__territory__in=own,
        ends_on__lte=timezone.localdate() + WARNED_BEFORE,
    )
    found = list(ending.select_related("story__territory").order_by("ends_on", "pk")[: SHOWN + 1])
    if not found:
        return None
    return {"consents": found[:SHOWN], "has_more": len(found) > SHOWN}


def news_online(territories):
    return NewsPage.objects.findable().per_territory(territories)


PANELS = [
    Panel(
        "news", "territories.TerritoryHomePage", "newsroom/panels/news.html", news_on_home, order=60
    ),
]
DASHBOARD = [
    DashboardPanel("consents", "newsroom/consent/ending.html", consents_that_end, order=30)
]
FIGURES = [
    Figure(
        "news",
        _("actualités en ligne"),
        news_online,
        add=_("Écrire une actualité"),
        adds="newsroom.NewsPage",
        under="newsroom.NewsIndexPage",
        order=40,
    )
]
