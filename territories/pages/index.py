from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from .base import TerritoryPage
from .homes import HomePage

# What each language says for itself; the address is the same in all.
INDEX_WORDS = [TranslatableField(name) for name in ("title", "introduction", "search_description")]


class IndexPage(TerritoryPage):
    """A list at a stable address: set up with its plugin, never renamed and never made by hand."""

    introduction = models.CharField(_("introduction"), max_length=250, blank=True)

    translatable_fields = INDEX_WORDS
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug", read_only=True),
                FieldPanel("show_in_menus"),
                FieldPanel("search_description"),
            ],
            heading=_("Adresse et menu"),
        )
    ]

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent) -> bool:
        # Wagtail gives every concrete type an `is_creatable` of its own: it is not inherited.
        return False

    @classmethod
    def can_exist_under(cls, parent) -> bool:
        return super().can_exist_under(parent) and isinstance(parent.specific, HomePage)
