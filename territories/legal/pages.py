from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from territories.blocks.field import ContentField
from territories.pages.content import BodyForm
from territories.pages.index import INDEX_WORDS, IndexPage
from territories.plugins.registry import contributed

from .kinds import KINDS

if TYPE_CHECKING:
    from territories.plugins.contributions import Retention


class LegalPage(IndexPage):
    """One of the four; its slug says which. Its text is made from the facts at each visit."""

    body = ContentField(
        verbose_name=_("à dire de plus"),
        blank=True,
        help_text=_(
            "Le texte de la page s’écrit tout seul, d’après les informations légales de "
            "« Mon territoire ». Ajoutez ici ce qui est propre à votre site."
        ),
    )

    base_form_class = BodyForm
    content_panels = [*IndexPage.content_panels, FieldPanel("body")]
    subpage_types: list[str] = []
    translatable_fields = [*INDEX_WORDS, TranslatableField("body")]
    menu_icon = "scales"

    class Meta:
        verbose_name = _("page légale")
        verbose_name_plural = _("pages légales")

    def get_template(self, request, *args, **kwargs):
        return KINDS[self.slug].template if self.slug in KINDS else "territories/legal/notice.html"

    def get_context(self, request, *args, **kwargs):
        from territories.discovery.site_map import site_map

        from .audit import machine_audit
        from .facts import Facts

        return {
            **super().get_context(request, *args, **kwargs),
            # Each is read by the page that says it.
            "facts": Facts(request.territory),
            "machine_audit": machine_audit,
            "retentions": lambda: retentions(request.territory),
            "site_map": lambda: site_map(request),
        }


def retentions(territory) -> Iterable[Retention]:
    return sorted(contributed("RETENTIONS", territory), key=lambda retention: retention.order)
