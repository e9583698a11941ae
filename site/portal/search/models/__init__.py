from .document import LONGEST_BODY, SearchDocument
from .facet import DocumentFacet, FacetValue
from .synonym import Synonym
from .word import KnownWord

__all__ = [
    "LONGEST_BODY",
    "DocumentFacet",
    "FacetValue",
    "KnownWord",
    "SearchDocument",
    "Synonym",
]
