from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from territories.blocks.base import territory_of
from territories.blocks.listing import (
    ListedPagesBlock,
    day_of,
    left_out,
    start_of,
    without,
)
from territories.plugins.contributions import ContentBlock

from .lists import latest_news, news_of

NEW_COUNT = 6


class LatestNewsBlock(ListedPagesBlock):
    """The news that stand in front, read when the page is shown."""

    title = blocks.CharBlock(label=gettext_lazy("titre"), max_length=150, required=False)
    count = blocks.IntegerBlock(label=gettext_lazy("combien"), default=3, min_value=1, max_value=12)
    since = blocks.DateBlock(
        label=gettext_lazy("publiées depuis le"),
        required=False,
        help_text=gettext_lazy("Vide : les plus récentes."),
    )
    without = left_out()

    class Meta:
        label = gettext_lazy("Dernières actualités")
        icon = "pilcrow"
        description = gettext_lazy("Les dernières actualités. La liste se met à jour toute seule.")
        preview_value = {"title": gettext_lazy("Quoi de neuf ?"), "count": 3}
        template = "newsroom/blocks/latest_news.html"
        mail_template = "newsroom/blocks/latest_news.mjml"

    def listed(self, value, context):
        territory = territory_of(context)
        return latest_news(
            territory,
            count=value.get("count") or 3,
            since=start_of(value.get("since"), territory),
            narrow=lambda news: without(news, value),
        )

    def new_since(self, territory, since):
        if not news_of(territory).in_front().filter(first_published_at__gte=since).exists():
            return None
        return {
            "title": _("Les nouvelles du territoire"),
            "count": NEW_COUNT,
            "since": day_of(since, territory),
        }


BLOCKS = [ContentBlock("newsroom_latest", LatestNewsBlock)]
