"""The seam between the search documents and whatever answers questions about them.

The rows of SearchDocument are the truth and the queue; an engine only keeps what it needs to find
them again, by their ids. `SEARCH_URL` chooses it; empty, the database answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from portal.search.models import SearchDocument
    from portal.search.queries import Asked
    from portal.search.wording.question import Wording


# Where a document holds each of some stems: (field, position), the fields being title, words,
# summary, body. Side by side is one position further in the same field.
Places = Mapping[str, Sequence[tuple[int, int]]]


class Reading(Enum):
    """How the question had to be read for something to be found, the strictest way first."""

    ALL = "every word"
    BEGINNING = "every word, the last one unfinished"
    ANY = "any of the words"


@dataclass(frozen=True)
class Found:
    """`ids`: the asked slice, best first. `total`: how many answer, wherever the slice stands;
    `everything`: how many would, were nothing chosen in any facet. `facets`: of each facet, how
    many each value would find, the other facets as they are chosen; empty unless counted."""

    ids: Sequence[int] = ()
    total: int = 0
    everything: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reading: Reading = Reading.ALL

    def marked_by(self, wording: Wording) -> Wording:
        """The question as its answers show it: what is whole is not marked as a beginning."""
        return wording.without_beginning() if self.reading is Reading.ALL else wording


@dataclass(frozen=True)
class About:
    """`held`: how many documents of each language it holds. `trouble`: why its index is not what
    this version of the code makes, "" when it is."""

    name: str
    held: Mapping[str, int]
    index: str = ""
    fingerprint: str = ""
    trouble: str = ""


class EngineDown(Exception):
    """An engine outside does not do what it is asked, for now. Never says its password."""

    # It did not answer at all, or answered that it cannot: asking again at once is no use.
    is_silence = True


class Engine(ABC):
    """Each method may be called again with the same arguments: the last call stands."""

    @abstractmethod
    def put(self, document: SearchDocument) -> None:
        """Make a document findable as it now is."""

    @abstractmethod
    def remove(self, ids: Collection[int]) -> None:
        """Forget documents, known or not."""

    @abstractmethod
    def prune(self) -> int:
        """Forget what no row stands for any more; returns how many."""

    @abstractmethod
    def search(self, asked: Asked, start: int, stop: int) -> Found:
        """The documents that answer, from `start` to `stop`. Never raises for what was typed."""

    @abstractmethod
    def about(self) -> About:
        """For whoever operates it."""

    def take_stock(self) -> None:  # noqa: B027
        """After many documents came at once: count them, where that makes answers quicker."""

    # What follows concerns engines outside the database. A call may raise EngineDown.

    is_outside = False

    def prepare(self) -> None:  # noqa: B027
        """Make an index where there is none that this version of the code can use."""

    def send(self, documents: Sequence[SearchDocument]) -> Mapping[int, str]:
        """Make documents findable, or forget those that are withdrawn; returns why some of them
        are refused, by their ids."""
        return {}

    def rebuild(self, report: Callable[[int], None], resume: bool = False) -> int:
        """Make the index anew from the rows, or go on with what an interruption has left;
        `report` is told how many are done."""
        return 0

    def trouble(self) -> str:
        """What an operator should know, in English; "" when all is well."""
        return ""


def engine() -> Engine:
    """The engine of this installation."""
    if settings.SEARCH_URL:
        return engine_outside(settings.SEARCH_URL, settings.SEARCH_TIMEOUT)
    return engine_of_the_database()


@cache
def engine_outside(url: str, timeout: float) -> Engine:
    from .fallback import WithFallback
    from .lucene import LuceneEngine

    return WithFallback(LuceneEngine.at(url, timeout), engine_of_the_database())


def engine_of_the_database() -> Engine:
    if connection.vendor == "sqlite":
        from .sqlite import SqliteEngine

        return SqliteEngine()
    from .postgres import PostgresEngine

    return PostgresEngine()
