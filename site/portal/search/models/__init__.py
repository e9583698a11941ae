from .document import LONGEST_BODY, SearchDocument
from .word import KnownWord

__all__ = ["LONGEST_BODY", "KnownWord", "SearchDocument"]
