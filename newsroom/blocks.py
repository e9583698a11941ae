from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from territories.blocks.base import SharedBlock, territory_of
from territories.plugins.contributions import ContentBlock
from territories.territory import zone_of

from .lists import latest_news, news_of

NEW_COUNT = 6


class LatestNewsBlock(SharedBlock):
    """The news that stand in front, read when the page is shown."""

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=gettext_lazy("combien"), default=3, min_value=1, max_value=12)
    since = blocks.DateBlock(
        label=gettext_lazy("publiées depuis le"),
        required=False,
        help_text=gettext_lazy("Vide : les plus récentes."),
    )

    class Meta:
        label = gettext_lazy("Dernières actualités")
        icon = "pilcrow"
        description = gettext_lazy("Les dernières actualités. La liste se met à jour toute seule.")
        preview_value = {"title": gettext_lazy("Quoi de neuf ?"), "count": 3}
        template = "newsroom/blocks/latest_news.html"
        mail_template = "newsroom/blocks/latest_news.mjml"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        territory = territory_of(context)
        since = value.get("since")
        context["lines"] = latest_news(
            territory,
            count=value.get("count") or 3,
            since=since and datetime.combine(since, time.min, zone_of(territory)),
        )
        return context

    def new_since(self, territory, since):
        if not news_of(territory).in_front().filter(first_published_at__gte=since).exists():
            return None
        return {
            "title": _("Les nouvelles du territoire"),
            "count": NEW_COUNT,
            "since": since.astimezone(zone_of(territory)).date(),
        }


BLOCKS = [ContentBlock("newsroom_latest", LatestNewsBlock)]
