"""What answers while the engine outside does not: the database, which is indexed all the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

from portal.search.models import SearchDocument

from . import About, Engine, EngineDown, Found
from .lucene import LuceneEngine
from .lucene.clients import Unfit

if TYPE_CHECKING:
    from portal.search.queries import Asked

logger = logging.getLogger(__name__)
T = TypeVar("T")

# How often a process looks whether the engine's index is ours and holds all that was read.
LOOK_EVERY = 30
# An engine that has not answered is left alone for a while: visitors do not wait for it each in
# turn, and it is not asked by all of them when it comes back.
REST = 10
SAID_AGAIN_AFTER = 60


class Incomplete(EngineDown):
    """The engine answers, and does not know all that can be found."""

    is_silence = False


class WithFallback(Engine):
    """One a process. Writing in a transaction concerns the database alone; the engine outside is
    told afterwards, by the indexer (`send`), so that nobody who publishes waits for it."""

    is_outside = True

    def __init__(self, outside: LuceneEngine, database: Engine) -> None:
        self.outside, self.database = outside, database
        self.rests_until = 0.0
        self.said_at = -float(SAID_AGAIN_AFTER)
        self.looks_at = 0.0
        self.lacks = ""

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
            self._look()
            return self._try(lambda: self.outside.search(asked, start, stop))
        except EngineDown:
            return self.database.search(asked, start, stop)

    def send(self, documents: Sequence[SearchDocument]) -> Mapping[int, str]:
        return self._try(lambda: self.outside.send(documents))

    def about(self) -> About:
        return self.outside.about()

    def take_stock(self) -> None:
        self.database.take_stock()

    def prepare(self) -> None:
        if self._try(self.outside.needs_rebuilding):
            self._try(lambda: self.outside.rebuild(resume=True))

    def rebuild(self, report: Callable[[int], None], resume: bool = False) -> int:
        self.looks_at = 0.0
        return self.outside.rebuild(report, resume)

    def trouble(self) -> str:
        """The log says more: this is read at a public address."""
        self.looks_at = 0.0
        try:
            self._look()
        except Incomplete:
            return "search: the engine's index is incomplete, the database answers"
        except EngineDown:
            return "search: the engine does not serve, the database answers"
        return ""

    def _look(self) -> None:
        """Raises when the engine answers and would be wrong: from time to time, for all questions
        until the next time."""
        now = time.monotonic()
        if now >= self.looks_at or self.rests_until:  # what is back may have missed something
            self.looks_at, self.lacks = now + LOOK_EVERY, ""
            try:
                self._try(self.outside.check)
            except Unfit as error:
                self.lacks = str(error)
            else:
                if SearchDocument.objects.untold(timezone.now()).exists():
                    self.lacks = "it lacks documents: see `manage.py search_status`"
        if self.lacks:
            error = Incomplete(self.lacks)
            self._note(error)
            raise error

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
