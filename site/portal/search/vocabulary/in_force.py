"""The synonyms in force in this process: it looks at what was typed every few seconds."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from portal.search.wording.synonyms import Synonyms, national

from .lines import Line, lines_of, put_together

if TYPE_CHECKING:
    from territories.models import Territory

# Whatever is typed is in force everywhere within a minute, on whichever machine.
SECONDS_BETWEEN_LOOKS = 20


class Vocabulary:
    """That of a territory, by primary key; None: the portal's."""

    def __init__(self, territory: int | None) -> None:
        self.territory = territory
        self.lines: list[Line] = []
        self.composed = national()
        self.looked_at = float("-inf")
        self.lock = threading.Lock()

    def synonyms(self) -> Synonyms:
        """One query at most, none between two looks."""
        with self.lock:
            if time.monotonic() - self.looked_at >= SECONDS_BETWEEN_LOOKS:
                # The lines themselves are compared: no clock and no counter can miss a change,
                # an erased line, or what was written past the code.
                if (lines := lines_of(self.territory)) != self.lines:
                    self.composed, self.lines = put_together(national(), lines), lines
                self.looked_at = time.monotonic()
            return self.composed


_in_force: dict[int | None, Vocabulary] = {}


def synonyms_of(territory: Territory | None) -> Synonyms:
    """What the words of a question also mean on a territory's host; None: on the portal."""
    key = territory.pk if territory else None
    return _in_force.setdefault(key, Vocabulary(key)).synonyms()


def forget_vocabulary() -> None:
    """Look again at the next question: something was typed here."""
    _in_force.clear()
