"""Territories' colours as stylesheets whose address changes with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from .theme import PICTURE_TOKENS, stylesheet

if TYPE_CHECKING:
    from territories.models import Territory


@lru_cache(maxsize=256)
def theme_css(slug: str, first_colour: str, second_colour: str) -> tuple[str, str]:
    """The stylesheet and the fingerprint of its content."""
    css = stylesheet(slug, first_colour, second_colour)
    return css, hashlib.sha256(css.encode()).hexdigest()[:12]


def theme_url(territory: Territory) -> str:
    _, fingerprint = theme_css(territory.slug, territory.first_colour, territory.second_colour)
    return reverse("territories:theme", args=[territory.slug, fingerprint])


def themes_css(territories: Iterable[Territory]) -> tuple[str, str]:
    """What the portal needs of every territory's colours: its door, its dot, its façade."""
    css = "".join(
        stylesheet(
            territory.slug,
            territory.first_colour,
            territory.second_colour,
            only=PICTURE_TOKENS,
        )
        for territory in territories
    )
    return css, hashlib.sha256(css.encode()).hexdigest()[:12]


def themes_url(territories: Iterable[Territory]) -> str:
    return reverse("territories:themes", args=[themes_css(territories)[1]])
