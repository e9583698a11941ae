"""A territory's colours as a stylesheet whose address changes with its content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse

from .theme import stylesheet

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
