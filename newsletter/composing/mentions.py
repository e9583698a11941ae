"""What letters have told of: written when one leaves, shown to whoever writes the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from newsletter.models.sendings import Mention
from territories.blocks.base import SharedBlock
from territories.pages.base import SOURCE_LANGUAGE
from territories.words import day_words

if TYPE_CHECKING:
    from newsletter.models import NewsletterPage


@dataclass(frozen=True)
class Telling:
    """The last time that a letter told of a page: which letter, the day it bears, the moment."""

    letter: int
    title: str
    day: date
    at: datetime

    @property
    def words(self) -> str:
        return _("Déjà dans la lettre du %(day)s") % {"day": day_words(self.day, weekday=False)}

    def is_outdated_by(self, page: Page) -> bool:
        """Whether the page says something else since."""
        return page.last_published_at is not None and page.last_published_at > self.at


def record_mentions(letter: NewsletterPage) -> int:
    """Write that a letter tells of what it tells of now; how many pages that is.

    Safe to run twice: what was written first stays as it was.
    """
    record = letter.record
    pages = pages_told_by(letter if letter.is_record else record)
    Mention.objects.bulk_create(
        [
            Mention(territory=record.territory, letter=record, page_key=page.translation_key)
            for page in pages
        ],
        ignore_conflicts=True,
    )
    return len(pages)


def pages_told_by(letter: NewsletterPage) -> list[Page]:
    """The records that the blocks of a letter tell of, each once, in the order of the body."""
    context = context_of(letter)
    found: dict[UUID, Page] = {}
    for child in letter.body:
        for page in told_by(child.block, child.value, context):
            found.setdefault(page.translation_key, page)
    return list(found.values())


def context_of(letter: NewsletterPage) -> dict[str, Any]:
    return {"page": letter, "territory": letter.territory, "request": None}


def told_by(block: Any, value: Any, context: Mapping[str, Any]) -> list[Page]:
    """By one block, in the language that facts are written in; a closed plugin tells nothing."""
    if not isinstance(block, SharedBlock) or not block.is_shown(context):
        return []
    with translation.override(SOURCE_LANGUAGE):
        return list(block.pages_told(value, context))


def tellings(letter: NewsletterPage, keys: Collection[UUID]) -> dict[UUID, Telling]:
    """Of these pages, the last time that another letter told of each, in one query."""
    if not keys:
        return {}
    rows = (
        Mention.objects.filter(territory=letter.territory_id, page_key__in=keys)
        .exclude(letter__translation_key=letter.translation_key)
        .order_by("made_at", "pk")
        .values_list("page_key", "letter", "letter__title", "letter__sent_on", "made_at")
    )
    zone = letter.territory.zone
    return {
        key: Telling(pk, title, sent_on or made_at.astimezone(zone).date(), made_at)
        for key, pk, title, sent_on, made_at in rows
    }


def already_told(letter: NewsletterPage) -> list[tuple[Page, Telling]]:
    """What a draft tells of that an earlier letter told already."""
    pages = pages_told_by(letter)
    found = tellings(letter, [page.translation_key for page in pages])
    return [(page, found[page.translation_key]) for page in pages if page.translation_key in found]
