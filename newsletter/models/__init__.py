"""Letters, who gets them, and what has left."""

from .files import SubscriberFile
from .letters import LetterQuerySet, NewsletterIndexPage, NewsletterPage
from .links import FollowedLink, LinkCounting
from .sendings import Copy, CopyState, Edition, Mention, Relay, Sending, SendingState
from .subscribers import Consent, Objection, Subscriber, SubscriberState

__all__ = [
    "Consent",
    "Copy",
    "CopyState",
    "Edition",
    "FollowedLink",
    "LetterQuerySet",
    "LinkCounting",
    "Mention",
    "NewsletterIndexPage",
    "NewsletterPage",
    "Objection",
    "Relay",
    "Sending",
    "SendingState",
    "Subscriber",
    "SubscriberFile",
    "SubscriberState",
]
