"""What to propose where nothing was found: the list without the filter that hides most, and what
is nearest to the place that was named."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from wagtail.models import Page

from .narrowed import NEAR

if TYPE_CHECKING:
    from .sheets import SheetList


class Proposal(NamedTuple):
    """`words`: the filter to take away; `count`: what the list holds without it."""

    words: str
    count: int
    url: str


class Nearest:
    def __init__(self, sheets: SheetList) -> None:
        self.sheets = sheets

    @cached_property
    def without(self) -> Proposal | None:
        sheets, listing = self.sheets, self.sheets.listing
        counts = {name: sum(listing.left(but=name)) for name in listing.filters}
        best = max(counts, key=counts.__getitem__, default="")
        if not counts.get(best):
            return None
        names = listing.filters[best].names
        return Proposal(self._words(best), counts[best], sheets.url_without(names))

    def _words(self, name: str) -> str:
        if name == NEAR[0]:
            return self.sheets.near.words
        shown = self.sheets.shown(name)
        return ", ".join(str(choice.label) for choice in shown.selected) if shown else name

    @cached_property
    def item(self) -> Page | None:
        """The first of the list with the same filters, however far; where they leave none, the
        first of all."""
        listing = self.sheets.listing
        keys = listing.in_order(listing.left(but=NEAR[0])) or listing.pool
        items = self.sheets.told(listing.read(keys[:1]))
        return items[0] if items else None
