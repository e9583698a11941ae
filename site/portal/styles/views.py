"""The living style page: every component in all its states, drawn by its own template."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from territories.appearance.facade import PALETTES, PANES
from territories.appearance.icons import ICONS
from territories.appearance.theme import NATIONAL
from territories.models import Territory
from territories.tenancy.roles import is_national

from . import samples, tokens
from .specimens import sections


@require_safe
def styles(request: HttpRequest) -> HttpResponse:
    """`?territory=slug` shows everything in the colours, and the theme, of a territory."""
    if not (settings.SHOWS_STYLES or is_national(request.user)):
        raise Http404
    territories = list(Territory.objects.online().select_related("site", "logo"))
    territory = chosen(request, territories)
    # Templates of a theme are found by the territory of the request.
    request.territory = territory
    colours = (territory.first_colour, territory.second_colour) if territory else NATIONAL
    response = render(
        request,
        "portal_styles/styles.html",
        {
            **samples.frame(request.path, territory, territories),
            "territory": territory,
            "territories": territories,
            "roles": tokens.roles(*colours),
            "pairs": tokens.pairs(*colours),
            "scales": tokens.SCALES,
            "icons": ICONS,
            "panes": PANES,
            "palettes": sorted(set(PALETTES)),
            "sections": sections(),
            "dates": samples.DATES,
        },
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def chosen(request: HttpRequest, territories: list[Territory]) -> Territory | None:
    """The territory asked for; none asked for: the host's. Raises Http404 for an unknown one."""
    slug = request.GET.get("territory")
    if slug is None:
        return request.territory
    if slug == "national":
        return None
    for territory in territories:
        if territory.slug == slug:
            return territory
    raise Http404
