"""The first shared grid, loaded after every migration when it is not there yet."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from .models import CriteriaGrid, Criterion

GRID_FILES = sorted((Path(__file__).parent / "data").glob("grid-*.toml"))


@transaction.atomic
def load_grid(path: Path) -> bool:
    """Make the grid of a file; False when its version is there already, whatever it has become."""
    with path.open("rb") as file:
        facts = tomllib.load(file)
    grid, made = CriteriaGrid.objects.get_or_create(
        version=facts["version"],
        defaults={name: facts[name] for name in ("name", "published_on", "introduction")},
    )
    if made:
        Criterion.objects.bulk_create(
            Criterion(
                grid=grid,
                sort_order=position,
                kind=fact["kind"],
                number=fact["number"],
                key=fact.get("key", ""),
                name=fact["name"],
                question=fact["question"],
                problem=fact.get("problem", ""),
                help_text=fact.get("help", ""),
                examples="\n".join(fact.get("examples", [])),
                evidence=fact.get("evidence", ""),
            )
            for position, fact in enumerate(facts["criterion"])
        )
    return made


def load_grids_after_migrate(sender, **kwargs) -> None:
    for path in GRID_FILES:
        load_grid(path)
