"""A letter that is put online tells of its pages to whoever visits, though it be mailed by hand."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from newsletter.models import Mention, NewsletterPage

from .mentions import record_mentions


def keep_what_it_tells(sender: Any, instance: NewsletterPage, **kwargs: Any) -> None:
    """The first time: a letter corrected a year later must not tell of the news of that day."""
    if instance.is_record and not Mention.objects.filter(letter=instance).exists():
        record_mentions(instance)


def connect() -> None:
    page_published.connect(keep_what_it_tells, sender=NewsletterPage)
