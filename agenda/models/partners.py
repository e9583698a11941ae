"""The calendar that partners share in the private space of their territory."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import TranslatableField

from territories.pages.base import TerritoryPage
from territories.pages.listing import Listing


class PartnerAgendaPage(TerritoryPage):
    """Its events are the private pages beneath it; no public list or feed reads them.

    It has no feed of its own: a telephone that subscribes to one cannot log in.
    """

    introduction = models.CharField(_("introduction"), max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["territories.PrivateSpacePage"]
    subpage_types = ["agenda.EventPage"]
    max_count_per_parent = 1
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("search_description"),
    ]
    menu_icon = "calendar"

    class Meta:
        verbose_name = _("calendrier des partenaires")
        verbose_name_plural = _("calendriers des partenaires")

    def get_context(self, request, *args, **kwargs):
        # The lines know the models.
        from agenda.lines import by_day, lines_of
        from agenda.models import EventPage

        context = super().get_context(request, *args, **kwargs)
        is_archive = request.GET.get("passes") == "1"
        # What is for a part of the readers only is read at its own address.
        events = (
            EventPage.objects.child_of(self.record).live().filter(view_restrictions=None).in_full()
        )
        now = timezone.now()
        listing = Listing(
            request,
            events.past(now) if is_archive else events.upcoming(now),
            ordering=["-next_start" if is_archive else "next_start", "title", "pk"],
            marks_first=False,
            also={"passes": "1"} if is_archive else None,
        )
        days = by_day(lines_of(listing.items, self.territory))
        return {**context, "is_archive": is_archive, "listing": listing, "days": days}
