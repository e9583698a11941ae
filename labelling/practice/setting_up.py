from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from labelling.models import PracticeSheetsPage
from territories.models import Territory
from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index


def make_sheets_page(territory: Territory | None, homes: Sequence[Page]) -> None:
    """At the foot of the pages, for professionals: residents' menu stays short."""
    index = PracticeSheetsPage(title=_("Fiches actions"), slug="fiches-actions")
    make_index(homes[0], index, in_menus=False)


# The portal's list shows the sheets of every territory.
SHEETS_STEP = SetupStep("practice_sheets", make_sheets_page, on_portal=True)
