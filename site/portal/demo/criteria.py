"""What the demo's territories add to the shared grid of the label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from labelling.grids.adding import additions_of, keep_addition, new_addition
from labelling.grids.adopting import grid_of

if TYPE_CHECKING:
    from .territory import TerritoryLoader


def load_criteria(loader: TerritoryLoader) -> None:
    for fact in loader.content.territory.get("criterion", []):
        put_criterion(loader, fact)


def put_criterion(loader: TerritoryLoader, fact: dict[str, Any]) -> None:
    """Once: an applicant may have answered it since."""
    grid = grid_of(loader.territory)
    if grid is None or additions_of(loader.territory, grid).filter(name=fact["name"]).exists():
        return
    criterion = new_addition(loader.territory, grid)
    for name, text in fact.items():
        setattr(criterion, name, text)
    keep_addition(criterion=criterion)
