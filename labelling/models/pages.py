"""`/label/`: what the label asks and what it brings, in everybody's words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import TranslatableField

from agenda.shortlist import shortlist
from territories.blocks.field import ContentField
from territories.pages.content import BodyForm
from territories.pages.index import INDEX_WORDS, IndexPage

from .grids import CriterionKind

EVENTS_SHOWN = 4


class LabelPage(IndexPage):
    body = ContentField(
        verbose_name=_("contenu"),
        blank=True,
        help_text=_(
            "Comment demander le label ici, et à qui. Les critères s’affichent d’eux-mêmes."
        ),
    )

    base_form_class = BodyForm
    content_panels = [*IndexPage.content_panels, FieldPanel("body")]
    subpage_types: list[str] = []
    translatable_fields = [*INDEX_WORDS, TranslatableField("body")]
    menu_icon = "label"
    professional_door = _("Demander le label"), "labelling:apply"

    class Meta:
        verbose_name = _("page du label")
        verbose_name_plural = _("pages du label")

    def get_context(self, request, *args, **kwargs):
        # They read the models, which are being read here.
        from labelling.grids.adopting import criteria_for, grid_of

        context = super().get_context(request, *args, **kwargs)
        grid = grid_of(request.territory)
        criteria = criteria_for(request.territory, grid) if grid else []
        context["grid"] = grid
        context["ask_url"] = reverse("labelling:apply") if request.territory and grid else ""
        for kind in CriterionKind:
            context[kind.value] = [found for found in criteria if found.kind == kind]
        context["lines"] = shortlist(request.territory, count=EVENTS_SHOWN, forward_only=True)
        return context
