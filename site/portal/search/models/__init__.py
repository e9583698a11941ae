from .alert import Alert
from .document import LONGEST_BODY, SearchDocument
from .facet import DocumentFacet, FacetValue
from .promotion import Promotion
from .synonym import Synonym
from .unmet import SearchTally, TallyKey, UnmetSearch
from .word import KnownWord

__all__ = [
    "LONGEST_BODY",
    "Alert",
    "DocumentFacet",
    "FacetValue",
    "KnownWord",
    "Promotion",
    "SearchDocument",
    "SearchTally",
    "Synonym",
    "TallyKey",
    "UnmetSearch",
]
