"""Filling a letter with what the site has of new, so that nobody types it a second time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from newsletter.models import NewsletterPage
from territories.models import Territory
from territories.plugins.registry import contributed

FIRST_LETTER_LOOKS_BACK = timedelta(days=30)


def last_letter_at(territory: Territory, *, before: NewsletterPage | None = None) -> datetime:
    """When the last published letter was sent; a month ago when there is none.

    `before` is the letter being written, which is not its own predecessor.
    """
    letters = NewsletterPage.objects.live().records().in_territory(territory).dated()
    if before is not None:
        letters = letters.exclude(translation_key=before.translation_key)
    last = letters.order_by("-day").exclude(day=None).first()
    if last is None:
        return timezone.now() - FIRST_LETTER_LOOKS_BACK
    return datetime.combine(last.day, time.min, tzinfo=territory.zone)


def fill_since(letter: NewsletterPage, since: datetime) -> list[str]:
    """Add to the letter's body what each plugin has of new since a date. Saves nothing.

    Returns the names of the blocks added; a plugin that is closed in the territory adds none.
    """
    added = []
    for item in contributed("BLOCKS", letter.territory):
        block = letter.body.stream_block.child_blocks[item.name]
        value = block.new_since(letter.territory, since)
        if value is not None:
            letter.body.append((item.name, value))
            added.append(str(block.label))
    return added
