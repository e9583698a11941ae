from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import TranslatableField

from resources_directory.models.records import IndexPage


class AgendaPage(IndexPage):
    """`/agenda/`: what happens soon, labelled events first."""

    subpage_types = ["agenda.EventPage"]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("search_description"),
    ]
    menu_icon = "calendar"

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")
