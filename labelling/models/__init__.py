from .grids import CriteriaGrid, Criterion, CriterionKind
from .labels import Label, LabelCheck

__all__ = ["CriteriaGrid", "Criterion", "CriterionKind", "Label", "LabelCheck"]
