"""Which labels anybody may know of, and the addresses at which they check them."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from labelling.models import Label
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE

from .bearers import BEARERS

# With a digit and a hyphen: no word that stands under `/label/` is a number.
NUMBER = r"(?=[^/]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+"


def is_number(text: str) -> bool:
    return re.fullmatch(NUMBER, text) is not None


def told(territory: Territory | None) -> QuerySet[Label]:
    """Every label of what is published, those that are over or withdrawn included."""
    borne = Q()
    for model in BEARERS:
        borne |= Q(page__in=model.objects.findable().order_by().values("pk"))
    return Label.objects.in_territory(territory).filter(
        borne, territory__in=Territory.objects.with_plugin("labelling")
    )


def path_of(number: str, name: str = "label") -> str:
    """On whichever host, in the language of the moment; `name`: as in `urls.py`."""
    return reverse(f"labelling:{name}", args=[number])


def public_url(label: Label, name: str = "label") -> str:
    """Whole, on the host of who gave it, in French: to be scanned, copied and cited."""
    with override(SOURCE_LANGUAGE):
        return f"{label.territory.root_url}{path_of(label.number, name)}"
