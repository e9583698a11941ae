from .grids import CriteriaGrid, Criterion, CriterionKind
from .labels import Label, LabelCheck
from .pages import LabelPage

__all__ = ["CriteriaGrid", "Criterion", "CriterionKind", "Label", "LabelCheck", "LabelPage"]
