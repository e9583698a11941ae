from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from territories.blocks.field import ContentField, refuse_closed_plugins

from .base import TerritoryPage
from .forms import TerritoryPageForm


class BodyForm(TerritoryPageForm):
    """Refuses new uses of the blocks of a closed plugin, and keeps the old ones."""

    def clean(self):
        cleaned = super().clean()
        if "body" in cleaned:
            page = self.instance
            before = type(page).objects.get(pk=page.pk).body if page.pk else None
            parent = page.get_parent() if page.pk else self.parent_page
            territory = getattr(parent.specific, "territory", None) if parent else None
            try:
                refuse_closed_plugins(
                    body=cleaned["body"], before=before, territory=page.territory or territory
                )
            except ValidationError as error:
                self.add_error("body", error)
        return cleaned


class ContentPage(TerritoryPage):
    """A page of text: what the territory wants to say beside its lists."""

    introduction = models.CharField(
        _("introduction"),
        max_length=250,
        blank=True,
        help_text=_("Une ou deux phrases simples. Elles servent aussi dans les listes."),
    )
    body = ContentField(verbose_name=_("contenu"), blank=True)

    base_form_class = BodyForm
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    menu_icon = "book"

    class Meta:
        verbose_name = _("page de contenu")
        verbose_name_plural = _("pages de contenu")
