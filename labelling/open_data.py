from .figures.dataset import FIGURES
from .labels.open_data import LABELS

DATASETS = [LABELS, FIGURES]
