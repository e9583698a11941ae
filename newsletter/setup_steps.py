from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.models import Territory
from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .composing.first_template import make_first_template
from .models import NewsletterIndexPage


def make_letters(territory: Territory | None, homes: Sequence[Page]) -> None:
    """The list of letters, out of the menu: the home page leads to it when there is a letter."""
    exists = NewsletterIndexPage.objects.child_of(homes[0]).exists()
    index = make_index(homes[0], NewsletterIndexPage(title=_("Lettres"), slug="lettres"))
    if not exists:
        NewsletterIndexPage.objects.filter(translation_key=index.translation_key).update(
            show_in_menus=False
        )
    make_first_template(index)


SETUP_STEPS = [SetupStep("letters", make_letters)]
