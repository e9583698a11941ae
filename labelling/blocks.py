from territories.plugins.contributions import ContentBlock

from .practice.blocks import PracticeSheetsBlock
from .promotion.newsletter import LabelledEventsBlock

BLOCKS = [
    ContentBlock("labelling_events", LabelledEventsBlock),
    ContentBlock("practice_sheets", PracticeSheetsBlock),
]
