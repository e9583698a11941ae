"""What the file of a grid would make here: nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labelling.models import CriteriaGrid, Criterion, CriterionKind

from .files import GridFile, file_of, in_order
from .reading import BadGrid, read_grid
from .words import CRITERION_WORDS, OTHER_LANGUAGES


@dataclass(frozen=True)
class GridPlan:
    """`is_new`: False when the very same version is here already, and nothing is to be done."""

    file: GridFile
    is_new: bool

    def said(self) -> Iterator[str]:
        """In a few lines of French, for a terminal or a page."""
        file = self.file
        kinds = [one.kind for one in file.criteria]
        counts = {
            "mandatory": kinds.count(CriterionKind.MANDATORY),
            "optional": kinds.count(CriterionKind.OPTIONAL),
        }
        yield f"{file.name} ({file.version})"
        yield _("Critères obligatoires : %(mandatory)s. Facultatifs : %(optional)s.") % counts
        if file.published_on is None:
            yield _("Brouillon : aucun label n’est donné avec elle.")
        else:
            day = date_format(file.published_on, "j F Y")
            yield _("Publiée le %(day)s.") % {"day": day}
        languages = [str(name) for code, name in OTHER_LANGUAGES.items() if self._says(code)]
        if languages:
            yield _("Dite aussi en : %(languages)s.") % {"languages": ", ".join(languages)}
        if not self.is_new:
            yield _("Cette version est déjà ici, avec les mêmes mots : rien à faire.")

    def _says(self, code: str) -> bool:
        return any(code in one.translations for one in (self.file, *self.file.criteria))


def plan_grid(content: bytes) -> GridPlan:
    """Raises BadGrid: for what is wrong in the file, and for a version that says something else."""
    file = read_grid(content)
    known = CriteriaGrid.objects.filter(version=file.version).first()
    if known is not None and file_of(known) != in_order(file):
        raise BadGrid(
            [
                _(
                    "La version %(version)s existe déjà ici, avec d’autres mots. Elle n’est pas "
                    "remplacée : donnez une autre version à votre fichier."
                )
                % {"version": file.version}
            ]
        )
    return GridPlan(file, is_new=known is None)


@transaction.atomic
def make_grid(*, file: GridFile) -> CriteriaGrid:
    """Store a grid of the national team, with its criteria."""
    grid = CriteriaGrid.objects.create(
        version=file.version,
        name=file.name,
        published_on=file.published_on,
        introduction=file.introduction,
        translations=file.translations,
    )
    Criterion.objects.bulk_create(
        Criterion(
            grid=grid,
            sort_order=position,
            kind=one.kind,
            number=one.number,
            key=one.key,
            translations=one.translations,
            **{name: getattr(one, name) for name in CRITERION_WORDS},
        )
        for position, one in enumerate(file.criteria)
    )
    return grid
