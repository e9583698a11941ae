"""The blocks that every page and letter is offered, in the order of the editor's list."""

from .content import (
    CalloutBlock,
    ContactsBlock,
    DocumentsBlock,
    FaqBlock,
    HeadingBlock,
    ImageBlock,
    PageListBlock,
    QuoteBlock,
    TextBlock,
)
from .figures import ChartBlock, KeyFiguresBlock
from .guiding import ActionsBlock, StepsBlock
from .video import VideoBlock

# A name is stored in pages: it never changes.
SHARED_BLOCKS = [
    ("text", TextBlock),
    ("heading", HeadingBlock),
    ("image", ImageBlock),
    ("video", VideoBlock),
    ("callout", CalloutBlock),
    ("actions", ActionsBlock),
    ("steps", StepsBlock),
    ("quote", QuoteBlock),
    ("key_figures", KeyFiguresBlock),
    ("chart", ChartBlock),
    ("contacts", ContactsBlock),
    ("documents", DocumentsBlock),
    ("faq", FaqBlock),
    ("page_list", PageListBlock),
]
