"""The first shared grid, loaded after every migration when it is not there yet."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from .grids.files import GridFile
from .grids.importing import make_grid
from .grids.reading import read_grid
from .models import CriteriaGrid, Criterion

GRID_FILES = sorted((Path(__file__).parent / "data").glob("grid-*.toml"))


@transaction.atomic
def load_grid(path: Path) -> bool:
    """Make the grid of a file; False when its version is there already, whatever it has become.

    Languages that a grid which is there does not know yet are filled in: they change nothing of
    what is asked. A language that somebody emptied stays empty.
    """
    file = read_grid(path.read_bytes())
    known = CriteriaGrid.objects.filter(version=file.version).first()
    if known is None:
        make_grid(file=file)
        return True
    fill_in_languages(known, file)
    return False


def fill_in_languages(grid: CriteriaGrid, file: GridFile) -> None:
    if file.translations.keys() - grid.translations.keys():
        grid.translations = {**file.translations, **grid.translations}
        grid.save(update_fields=["translations"])
    said = {(one.kind, one.number): one for one in file.criteria}
    changed = []
    for criterion in grid.criteria.all():
        one = said.get((criterion.kind, criterion.number))
        # Words that say something else than French does now would be worse than none.
        if one is None or (one.name, one.question) != (criterion.name, criterion.question):
            continue
        if one.translations.keys() - criterion.translations.keys():
            criterion.translations = {**one.translations, **criterion.translations}
            changed.append(criterion)
    Criterion.objects.bulk_update(changed, ["translations"])


def load_grids_after_migrate(sender, **kwargs) -> None:
    for path in GRID_FILES:
        load_grid(path)
