"""Actions and places that have the label; events say it themselves, in events.toml."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cooperation.models import ActionPage
from labelling.labels.granting import grant_label
from labelling.models import CriteriaGrid, Label
from resources_directory.models import ActorPage

if TYPE_CHECKING:
    from .territory import TerritoryLoader

MODELS = {"action": ActionPage, "place": ActorPage}


def load_labels(loader: TerritoryLoader) -> None:
    grid = CriteriaGrid.objects.current()
    for fact in loader.content.labels:
        found = MODELS[fact["kind"]].objects.records().in_territory(loader.territory)
        page = found.get(slug=fact["slug"])
        if Label.objects.filter(page=page).exists():
            continue
        optional = grid.criteria.filter(kind="optional", number__in=fact["optional"])
        grant_label(
            page=page,
            grid=grid,
            criteria=[*grid.criteria.filter(kind="mandatory"), *optional],
            reasons=fact["reasons"],
            granted_on=loader.today + timedelta(days=fact["day"]),
        )
