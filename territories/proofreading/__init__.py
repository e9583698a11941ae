"""Reading a page again as a resident would, and saying in plain words what stands in their way.

Wagtail's own checks look at the page as it is drawn; these read what was typed, lead to the field,
and need no browser. docs/decisions/0025-reading-level.md says what is asked of whom.
"""

from .checking import check
from .findings import Finding

__all__ = ["Finding", "check"]
