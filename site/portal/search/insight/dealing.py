"""What was searched for in vain is dealt with, until it is searched for in vain once more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from portal.search.models import UnmetSearch

from .counting import this_week
from .readable import folded_words

if TYPE_CHECKING:
    from territories.models import Territory


def deal_with(searches: QuerySet[UnmetSearch]) -> int:
    """It comes back another week, when nobody finds then either. Returns how many."""
    return searches.update(dealt_with_in=this_week())


def reopen(search: UnmetSearch) -> None:
    search.dealt_with_in = None
    search.save(update_fields=["dealt_with_in"])


def deal_with_words(*, said: Iterable[str], territory: Territory | None) -> int:
    """A synonym was kept for these words: there, or everywhere for one of all of France."""
    found = UnmetSearch.objects.filter(folded__in=[folded_words(one) for one in said])
    return deal_with(found.filter(territory=territory) if territory else found)
