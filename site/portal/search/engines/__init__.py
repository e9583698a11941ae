"""The seam between the search documents and whatever answers questions about them.

The rows of SearchDocument are the truth and the queue; an engine only keeps what it needs to find
them again, by their ids. `SEARCH_URL` chooses it; empty, the database answers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

if TYPE_CHECKING:
    from portal.search.models import SearchDocument
    from portal.search.queries import Asked


class Reading(Enum):
    """How the question had to be read for something to be found, the strictest way first."""

    ALL = "every word"
    BEGINNING = "every word, the last one unfinished"
    ANY = "any of the words"


@dataclass(frozen=True)
class Found:
    """`ids`: the asked slice, best first. `kinds`: how many of each kind, the asked kinds and
    the others. `total`: how many of the asked kinds, wherever the slice stands."""

    ids: Sequence[int] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    reading: Reading = Reading.ALL


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


def engine() -> Engine:
    """The engine of this installation."""
    if settings.SEARCH_URL:
        raise ImproperlyConfigured(f"SEARCH_URL names an unknown engine: {settings.SEARCH_URL}")
    if connection.vendor == "sqlite":
        from .sqlite import SqliteEngine

        return SqliteEngine()
    from .portable import PortableEngine

    return PortableEngine()
