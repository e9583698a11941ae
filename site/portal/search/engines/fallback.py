"""What answers while the engine outside does not: the database, which is indexed all the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from . import Engine, EngineDown, Found
from .lucene import LuceneEngine

if TYPE_CHECKING:
    from portal.search.models import SearchDocument
    from portal.search.queries import Asked

logger = logging.getLogger(__name__)
T = TypeVar("T")

# An engine that has not answered is left alone for a while: visitors do not wait for it each in
# turn, and it is not asked by all of them when it comes back.
REST = 10
SAID_AGAIN_AFTER = 60


class WithFallback(Engine):
    """One a process. Writing in a transaction concerns the database alone; the engine outside is
    told afterwards, by the indexer (`send`), so that nobody who publishes waits for it."""

    is_outside = True

    def __init__(self, outside: LuceneEngine, database: Engine) -> None:
        self.outside, self.database = outside, database
        self.rests_until = 0.0
        self.said_at = -float(SAID_AGAIN_AFTER)

    def put(self, document: SearchDocument) -> None:
        self.database.put(document)

    def remove(self, ids: Collection[int]) -> None:
        self.database.remove(ids)

    def prune(self) -> int:
        pruned = self.database.prune()
        with suppress(EngineDown):  # said; tomorrow then
            self._try(self.outside.prune)
        return pruned

    def search(self, asked: Asked, start: int, stop: int) -> Found:
        try:
            return self._try(lambda: self.outside.search(asked, start, stop))
        except EngineDown:
            return self.database.search(asked, start, stop)

    def send(self, documents: Sequence[SearchDocument]) -> set[int]:
        return self._try(lambda: self.outside.send(documents))

    def prepare(self) -> None:
        if self._try(self.outside.needs_rebuilding):
            self._try(self.outside.rebuild)

    def rebuild(self, report: Callable[[int], None]) -> int:
        return self.outside.rebuild(report)

    def trouble(self) -> str:
        """The log says more: this is read at a public address."""
        try:
            self._try(self.outside.check)
        except EngineDown:
            return "search: the engine does not serve, the database answers"
        return ""

    def _try(self, ask: Callable[[], T]) -> T:
        if time.monotonic() < self.rests_until:
            raise EngineDown("did not answer a moment ago")
        if self.rests_until:  # only this one looks whether it is back
            self.rests_until = time.monotonic() + REST
        try:
            answer = ask()
        except EngineDown as error:
            self._note(error)
            raise
        self.rests_until = 0.0
        return answer

    def _note(self, error: EngineDown) -> None:
        now = time.monotonic()
        if error.is_silence:
            self.rests_until = now + REST
        if now - self.said_at >= SAID_AGAIN_AFTER:
            self.said_at = now
            logger.error("The search engine does not serve (%s); the database answers", error)
