from .consents import Consent
from .news import NewsIndexPage, NewsPage
from .stories import StoryActor, StoryIndexPage, SuccessStoryPage

__all__ = [
    "Consent",
    "NewsIndexPage",
    "NewsPage",
    "StoryActor",
    "StoryIndexPage",
    "SuccessStoryPage",
]
