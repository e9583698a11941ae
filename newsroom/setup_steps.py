from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from territories.models import Territory
from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import NewsIndexPage, StoryIndexPage


def make_news_index(territory: Territory | None, homes: Sequence[Page]) -> None:
    make_index(homes[0], NewsIndexPage(title=_("Actualités"), slug="actualites"))


def make_story_index(territory: Territory | None, homes: Sequence[Page]) -> None:
    """Out of the menu, which is short: the news lead there."""
    before = StoryIndexPage.objects.child_of(homes[0]).exists()
    title = pgettext_lazy("récits", "Parcours")
    index = make_index(homes[0], StoryIndexPage(title=title, slug="parcours"))
    if not before:
        StoryIndexPage.objects.filter(translation_key=index.translation_key).update(
            show_in_menus=False
        )


SETUP_STEPS = [
    # The portal's list shows the news of every territory.
    SetupStep("news", make_news_index, on_portal=True),
    SetupStep("stories", make_story_index),
]
