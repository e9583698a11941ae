from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_localize.fields import TranslatableField

from territories.pages.index import IndexPage


class AgendaPage(IndexPage):
    """`/agenda/`: what happens soon, labelled events first."""

    subpage_types = ["agenda.EventPage"]
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("search_description"),
    ]
    menu_icon = "calendar"
    menu_order = 10

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from agenda.programme import Programme

        context = super().get_context(request, *args, **kwargs)
        context["programme"] = Programme(request)
        return context
