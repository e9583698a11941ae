from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from territories.models import Territory
from territories.plugins.contributions import SetupStep
from territories.provisioning.languages import make_index

from .models import LabelPage


def make_label_page(territory: Territory | None, homes: Sequence[Page]) -> None:
    make_index(homes[0], LabelPage(title=_("Le label"), slug="label"))


SETUP_STEPS = [SetupStep("label_page", make_label_page, on_portal=True)]
