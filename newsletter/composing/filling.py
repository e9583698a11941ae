"""Filling a letter with what the site has of new, so that nobody types it a second time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from newsletter.models import NewsletterPage
from territories.blocks.listing import day_of, start_of
from territories.models import Territory
from territories.plugins.registry import contributions, works_in

from .mentions import Telling, context_of, pages_told_by, tellings, told_by

FIRST_LETTER_LOOKS_BACK = timedelta(days=30)
OLDEST_NEWS = timedelta(days=730)
# A list brings the next pages in for those that are left out: how many times that is looked at.
ROUNDS = 5


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
    return start_of(last.day, territory)


def last_letter_day(territory: Territory, *, before: NewsletterPage | None = None) -> date:
    """The day that is offered to whoever fills a letter: past, and not too long ago."""
    day = day_of(last_letter_at(territory, before=before), territory)
    today = timezone.localdate(timezone=territory.zone)
    return min(max(day, today - OLDEST_NEWS), today)


@dataclass(frozen=True)
class Proposal:
    """A block that a plugin fills with its news. `pages`: what it tells of, each with the earlier
    letter that told of it before it changed."""

    name: str
    label: str
    value: dict[str, Any]
    pages: list[tuple[Page, Telling | None]]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each title, and what was told of it before, in words."""
        return [(page.title, note_of(page, telling)) for page, telling in self.pages]


def note_of(page: Page, telling: Telling | None) -> str:
    if telling is None:
        return ""
    if telling.is_outdated_by(page):
        return _("%(told)s, et changé depuis") % {"told": telling.words}
    return telling.words


def proposals(
    letter: NewsletterPage, since: datetime, names: Collection[str] | None = None
) -> Iterator[Proposal]:
    """What each plugin that is open in the territory has of new since a moment.

    Left out: what this draft says already, what an earlier letter said and has not changed since,
    and what a block before says. `names`: of these blocks only.
    """
    said = {page.translation_key for page in pages_told_by(letter)}
    for name in block_names(letter.territory):
        if names is not None and name not in names:
            continue
        proposal = proposal_of(name, letter, since, said)
        if proposal is not None:
            said |= {page.translation_key for page, _telling in proposal.pages}
            yield proposal


def block_names(territory: Territory) -> list[str]:
    """The contributed blocks, those of the plugins that stand on others first: a labelled event
    is told as such, and not a second time as a new one."""
    by_plugin = groupby(contributions("BLOCKS"), key=lambda one: one.plugin)
    groups = [
        [one for one in group if works_in(one.plugin, territory)] for _plugin, group in by_plugin
    ]
    return [one.item.name for group in reversed(groups) for one in group]


def proposal_of(
    name: str, letter: NewsletterPage, since: datetime, said: Collection[UUID]
) -> Proposal | None:
    block = letter.body.stream_block.child_blocks[name]
    value = block.new_since(letter.territory, since)
    if value is None:
        return None
    context = context_of(letter)
    tells_of_pages = False
    for _turn in range(ROUNDS):
        pages = told_by(block, block.normalize(value), context)
        tells_of_pages |= bool(pages)
        before = tellings(letter, [page.translation_key for page in pages])
        old = [page for page in pages if is_told(page, before, said)]
        shorter = block.leave_out(value, old) if old else value
        if shorter == value:
            break
        value = shorter
    new = [page for page in pages if page not in old]
    if tells_of_pages and not new:
        return None
    # A block that cannot leave a page out shows it, and so does the proposal.
    shown = pages if shorter == value else new
    told = [(page, before.get(page.translation_key)) for page in shown]
    return Proposal(name, str(block.label), value, told)


def is_told(page: Page, before: dict[UUID, Telling], said: Collection[UUID]) -> bool:
    telling = before.get(page.translation_key)
    return page.translation_key in said or (
        telling is not None and not telling.is_outdated_by(page)
    )


def add_to(letter: NewsletterPage, found: Iterable[Proposal]) -> list[str]:
    """Put the blocks at the end of the letter's body, and give their names. Saves nothing."""
    added = []
    for proposal in found:
        letter.body.append((proposal.name, proposal.value))
        added.append(proposal.label)
    return added
