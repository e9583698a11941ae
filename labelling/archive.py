"""What travels with a territory; the shared grid stays. The order is that of restoring: each part
rests on those before it, and is erased before them."""

from .grids.archive import PARTS as GRIDS
from .labels.archive import LABELS
from .practice.archive import REUSES
from .reports.archive import PARTS as REPORTS
from .review.archive import PARTS as APPLICATIONS

PARTS = [*GRIDS, *APPLICATIONS, LABELS, *REPORTS, REUSES]
