from .labels.marks import MARKS as LABELS

MARKS = [*LABELS]
