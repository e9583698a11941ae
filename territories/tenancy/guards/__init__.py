"""Guards that keep territories apart where Wagtail does not: one file for each kind of leak.

`tests/leaks/table.py` names each address of the admin and what it may show. What stands here for
plugins is `territories_of`.
"""

from territories.tenancy.policies import territories_of

__all__ = ["territories_of"]
