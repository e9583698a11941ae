"""How far a sending is, in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from newsletter.models import CopyState, Sending


@dataclass(frozen=True)
class Progress:
    waiting: int = 0
    claimed: int = 0
    sent: int = 0
    refused: int = 0
    uncertain: int = 0
    dropped: int = 0

    @property
    def total(self) -> int:
        return self.left + self.done

    @property
    def left(self) -> int:
        return self.waiting + self.claimed

    @property
    def done(self) -> int:
        return self.sent + self.refused + self.uncertain + self.dropped

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def progress_of(sending: Sending) -> Progress:
    rows = sending.copies.order_by().values_list("state").annotate(Count("pk"))
    known = set(CopyState.values)
    return Progress(**{state: number for state, number in rows if state in known})
