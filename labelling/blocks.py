from territories.plugins.contributions import ContentBlock

from .promotion.newsletter import LabelledEventsBlock

BLOCKS = [ContentBlock("labelling_events", LabelledEventsBlock)]
