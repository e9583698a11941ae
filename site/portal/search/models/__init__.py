from .document import LONGEST_BODY, SearchDocument
from .synonym import Synonym
from .word import KnownWord

__all__ = ["LONGEST_BODY", "KnownWord", "SearchDocument", "Synonym"]
