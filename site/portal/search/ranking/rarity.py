"""How rare a word is among all documents: what few hold tells more than what most do."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from math import log

from portal.search.engines import engine_of_the_database

# How many documents hold a word changes slowly: each process counts again after a while.
COUNTED_AGAIN_AFTER = 600
MOST_KEPT = 20_000
# Every document there is, among what was counted.
ALL = ""

_counted: dict[str, tuple[float, int]] = {}


def rarities(stems: Collection[str]) -> Mapping[str, float]:
    """From nearly 0 for what all documents hold; nothing of those that none holds."""
    held = counts({ALL, *stems})
    total = max(held[ALL], 1)
    return {
        stem: log(1 + (total - held[stem] + 0.5) / (held[stem] + 0.5))
        for stem in stems
        if 0 < held[stem] <= total
    }


def counts(stems: Collection[str]) -> dict[str, int]:
    now = time.monotonic()
    lately = {
        stem: number
        for stem in stems
        for at, number in [_counted.get(stem, (float("-inf"), 0))]
        if now - at < COUNTED_AGAIN_AFTER
    }
    if missing := [stem for stem in stems if stem not in lately]:
        if len(_counted) > MOST_KEPT:
            _counted.clear()
        found = engine_of_the_database().held_by(missing)
        _counted.update((stem, (now, number)) for stem, number in found.items())
        lately |= found
    return lately


def forget_rarities() -> None:
    """What this process has counted."""
    _counted.clear()
