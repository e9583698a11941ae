from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.models import Territory
from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .grids.adopting import adopt_the_first_grid
from .models import LabelPage
from .practice.setting_up import SHEETS_STEP


def make_label_page(territory: Territory | None, homes: Sequence[Page]) -> None:
    make_index(homes[0], LabelPage(title=_("Le label"), slug="label"))


def adopt_the_grid(territory: Territory | None, homes: Sequence[Page]) -> None:
    adopt_the_first_grid(territory)


SETUP_STEPS = [
    SetupStep("label_page", make_label_page, on_portal=True),
    SetupStep("grid", adopt_the_grid),
    SHEETS_STEP,
]
