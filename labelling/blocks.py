from territories.plugins.contributions import ContentBlock

from .figures.block import LabelFiguresBlock
from .practice.blocks import PracticeSheetsBlock
from .promotion.newsletter import LabelledEventsBlock

BLOCKS = [
    ContentBlock("labelling_events", LabelledEventsBlock),
    ContentBlock("label_figures", LabelFiguresBlock),
    ContentBlock("practice_sheets", PracticeSheetsBlock),
]
