"""How each need is marked on a map: a shape and a colour that no other need has together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from territories.vocabulary.families import families

SHAPES = ("tip", "square", "diamond", "shield")
TONES = 4


class Mark(NamedTuple):
    """`code`: the need's; "" is a place without one."""

    code: str
    words: str
    icon: str
    shape: str
    tone: int


def legend() -> Sequence[Mark]:
    """In the order of the vocabulary: neighbours differ in shape and in colour.

    Past sixteen needs a pair is used again; the pictogram within still tells them apart.
    """
    return [
        Mark(code, need.words, need.icon or "town", *shape_and_tone(rank))
        for rank, (code, need) in enumerate(families().items())
    ]


def shape_and_tone(rank: int) -> tuple[str, int]:
    return SHAPES[rank % len(SHAPES)], (rank + rank // len(SHAPES)) % TONES + 1
