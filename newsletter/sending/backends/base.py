"""What every way of sending is: it is given an outbox, and says of each copy what became of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter.sending.outbox import Outbox


class ServerAway(Exception):
    """It does not take letters now: what waits is offered again in a minute. `str()` says why."""


class ServerRefuses(Exception):
    """It takes no letter until somebody changes something: the sending pauses. `str()` says why."""


class Backend(ABC):
    # False: the letter is taken away as a file, and sent by other means.
    sends = True
    # True: it says what comes back at an address of ours (bounces/providers.py), and no message is
    # sent back to anybody.
    tells_of_bounces = False
    # Whose pace is kept (`LETTERS_PER_MINUTE`), whatever territory sends; "": it keeps its own.
    account = ""

    @abstractmethod
    def deliver(self, outbox: Outbox) -> None:
        """Send what the outbox offers, for as long as it does.

        A copy is claimed before anything is given that could make it leave. Raises ServerAway or
        ServerRefuses; lets the outbox's own Stopped through.
        """

    def recover(self, outbox: Outbox) -> None:
        """Say what became of the copies that a process claimed before it died."""
        outbox.doubt_claimed()
