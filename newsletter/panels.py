from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.pages.translations import read_in_language
from territories.plugins.contributions import Figure, Panel

from .models import NewsletterPage


def last_letter(request: HttpRequest, page: Page) -> Mapping[str, Any] | None:
    """The way to the letters, which are not in the menu."""
    letters = NewsletterPage.objects.findable().in_territory(page.territory).dated()
    found = read_in_language(
        letters.order_by("-day", "-pk")[:1],
        page.locale.language_code,
        dress=lambda letters: letters.select_related("locale").dated(),
    )
    return {"letter": found[0]} if found else None


def letters(territories):
    return NewsletterPage.objects.findable().per_territory(territories)


PANELS = [
    Panel(
        "last_letter",
        "territories.TerritoryHomePage",
        "newsletter/last_letter.html",
        last_letter,
        order=900,
    )
]
FIGURES = [
    Figure(
        "letters",
        _("lettres publiées"),
        letters,
        add=_("Écrire une lettre"),
        adds="newsletter.NewsletterPage",
        under="newsletter.NewsletterIndexPage",
        begins="newsletter_start",
        order=40,
    )
]
