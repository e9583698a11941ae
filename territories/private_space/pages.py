from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import TranslatableField

from territories.blocks.field import ContentField
from territories.pages.content import BodyForm
from territories.pages.index import INDEX_WORDS, IndexPage
from territories.pages.translations import in_language
from territories.plugins.registry import plugins, works_in

from .readers import reader_of
from .restrictions import ReaderRestriction

if TYPE_CHECKING:
    from django.http import HttpRequest

    from territories.pages.base import TerritoryPage

HELP = _(
    "Tout ce qui est sous cette page se lit avec un mot de passe : groupes de travail, comptes "
    "rendus, calendrier des partenaires. Rangez les documents dans la collection « Espace des "
    "professionnels » : eux aussi sont protégés. Les images ne le sont pas : qui connaît "
    "l’adresse d’une image peut la voir."
)


class PrivateSpacePage(IndexPage):
    """`/espace-pro/`: with all below it, read by the people of the territory alone."""

    body = ContentField(verbose_name=_("contenu"), blank=True)

    translatable_fields = [*INDEX_WORDS, TranslatableField("body")]
    # A page of text, with what stands below it.
    template = "territories/content_page.html"
    base_form_class = BodyForm
    content_panels = [
        HelpPanel(content=HELP),
        *IndexPage.content_panels,
        FieldPanel("body"),
    ]
    parent_page_types = ["territories.TerritoryHomePage"]
    # Wagtail's form has nothing to offer: the space is never anything else than private.
    private_page_options: list[str] = []
    menu_icon = "group"

    class Meta:
        verbose_name = _("espace des professionnels")
        verbose_name_plural = _("espaces des professionnels")

    def save(self, *args, **kwargs):
        # Made by hand, copied, translated or imported: every space is closed from its first row.
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            self.close()
        return result

    def close(self) -> None:
        """Make the restriction that it must have, unless one stands."""
        if not PageViewRestriction.objects.filter(page=self.pk).exists():
            PageViewRestriction.objects.create(
                page_id=self.pk, restriction_type=PageViewRestriction.LOGIN
            )

    def route(self, request, path_components):
        if self.live and path_components and reader_of(request) is None:
            # A stranger does not even learn which addresses exist: all lead to the log-in.
            return RouteResult(self)
        return super().route(request, path_components)


def pages_below(page: TerritoryPage, request: HttpRequest) -> Sequence[Page]:
    """The private pages right under one, in the reader's language where they exist."""
    closed = [label for label in plugins() if not works_in(label, page.territory)]
    records = list(
        Page.objects.child_of(page.record)
        .live()
        .exclude(content_type__app_label__in=closed)
        .select_related("locale")
        .order_by("path")
    )
    # Some may be for a part of the readers only.
    refused = {
        restriction.page_id
        for restriction in ReaderRestriction.objects.filter(page__in=records)
        if not restriction.accept_request(request)
    }
    records = in_language(
        [record for record in records if record.pk not in refused], get_language() or ""
    )
    shown = Page.objects.filter(pk__in=[record.shown.pk for record in records]).specific()
    found = {page.pk: page for page in shown}
    return [found[record.shown.pk] for record in records]
