"""What travels with a territory; the shared grid stays. The order is that of restoring."""

from .labels.archive import LABELS
from .reports.archive import PARTS as REPORTS

PARTS = [LABELS, *REPORTS]
