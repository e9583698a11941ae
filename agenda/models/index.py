from __future__ import annotations

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from territories.pages.index import IndexPage
from territories.pages.routing import child_ahead

from .events import EventPage


class AgendaPage(IndexPage):
    """`/agenda/`: what happens soon, labelled events first."""

    subpage_types = ["agenda.EventPage"]
    menu_icon = "calendar"
    menu_order = 10

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def route(self, request, path_components):
        child = child_ahead(request, self, path_components[0]) if path_components else None
        if child is not None:
            # With its actors and its record, in the query that would read the page alone.
            found = (
                EventPage.objects.with_record(child)
                .in_full()
                .select_related("image", "territory__site")
            )
            read = {event.pk: event for event in found}
            if child.pk in read:
                event = child.specific = read[child.pk]
                event.record = next((one for one in read.values() if one.is_record), event)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from agenda.lists.programme import Programme

        context = super().get_context(request, *args, **kwargs)
        programme = Programme(request)
        context["programme"] = programme
        context["tiles"] = getattr(settings, "MAP_TILES", None)
        context["listing"] = SimpleLazyObject(lambda: programme.listing)
        return context
