from .labels.open_data import LABELS

DATASETS = [LABELS]
