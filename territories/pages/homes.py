"""Home pages: one per site and language. The source language's is the root of the Site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Site

from territories.blocks.field import ContentField

from .base import SOURCE_LANGUAGE, TerritoryPage
from .routing import look_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from territories.models import Territory


class HomePage(TerritoryPage):
    """What the homes of a territory and of the portal share: routing to untranslated pages."""

    headline = models.CharField(
        _("grande phrase"),
        max_length=150,
        blank=True,
        help_text=_("La première chose que lisent les habitants. Courte et concrète."),
    )
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    body = ContentField(verbose_name=_("contenu"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        abstract = True

    def route(self, request, path_components):
        if path_components and not hasattr(request, "pages_ahead"):
            look_ahead(request, path_components)
        try:
            return super().route(request, path_components)
        except Http404:
            if self.is_record:
                raise
            # Not translated: the source-language page answers at this address, and says so.
            homes = homes_of_request(request)
            record = next((home for home in homes if home.is_record), None) or self.record
            result = record.route(request, path_components)
            request.is_untranslated = True
            return result


class TerritoryHomePage(HomePage):
    class Meta:
        verbose_name = _("accueil d’un territoire")
        verbose_name_plural = _("accueils des territoires")

    def find_territory_id(self) -> int | None:
        # Provisioning ties the home to its territory: nothing stands above it that could tell.
        return self.territory_id


def homes_of(territory: Territory | None) -> Sequence[Page]:
    """The home pages of a territory (None: the portal), the source language's first."""
    site = Site.objects.get(is_default_site=True) if territory is None else territory.site
    return sorted(
        homes_of_site(site), key=lambda home: home.locale.language_code != SOURCE_LANGUAGE
    )


def homes_of_site(site: Site) -> models.QuerySet[Page]:
    return Page.objects.filter(
        translation_key=site.root_page.translation_key, depth=site.root_page.depth
    ).select_related("locale")


def homes_of_request(request: HttpRequest) -> Sequence[Page]:
    """The published homes of the asked site, read once a request, the source language's first."""
    if not hasattr(request, "homes"):
        site = Site.find_for_request(request)
        root = site.root_page if site else None
        found = (
            root.specific_class.objects.live()
            .filter(translation_key=root.translation_key, depth=root.depth)
            .select_related("locale")
            if root
            else ()
        )
        request.homes = sorted(found, key=lambda home: home.locale.language_code != SOURCE_LANGUAGE)
    return request.homes
