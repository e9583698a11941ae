from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from territories.blocks.base import SharedBlock, territory_of
from territories.plugins.contributions import ContentBlock
from territories.territory import zone_of

from .shortlist import announced, shortlist

NEW_COUNT = 6


class UpcomingEventsBlock(SharedBlock):
    """The next events, read when the page is shown."""

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=gettext_lazy("combien"), default=4, min_value=1, max_value=12)
    labelled_only = blocks.BooleanBlock(
        label=gettext_lazy("seulement ceux qui sont mis en avant"),
        required=False,
        help_text=gettext_lazy("Par exemple ceux qui ont le label."),
    )
    since = blocks.DateBlock(
        label=gettext_lazy("publiés depuis le"),
        required=False,
        help_text=gettext_lazy("Vide : tous les prochains rendez-vous."),
    )

    class Meta:
        label = gettext_lazy("Prochains rendez-vous")
        icon = "calendar"
        description = gettext_lazy(
            "Les prochains rendez-vous de l’agenda. La liste se met à jour toute seule."
        )
        preview_value = {"title": gettext_lazy("Bientôt près de chez vous"), "count": 3}
        template = "agenda/blocks/upcoming_events.html"
        mail_template = "agenda/blocks/upcoming_events.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        territory = territory_of(context)
        since = value.get("since")
        context["lines"] = shortlist(
            territory,
            count=value.get("count") or 4,
            forward_only=bool(value.get("labelled_only")),
            since=since and datetime.combine(since, time.min, zone_of(territory)),
        )
        return context

    def new_since(self, territory, since):
        if not announced(territory).filter(first_published_at__gte=since).exists():
            return None
        return {
            "title": _("Nouveaux rendez-vous"),
            "count": NEW_COUNT,
            "labelled_only": False,
            "since": since.astimezone(zone_of(territory)).date(),
        }


BLOCKS = [ContentBlock("upcoming_events", UpcomingEventsBlock)]
