"""The façade on top of a letter, made of table cells: many mailboxes hide pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from territories.appearance.facade import PAIRS, PANES, panes
from territories.appearance.theme import SUN

if TYPE_CHECKING:
    from territories.models import Territory

COLUMNS = 15
SHOWN_ON_PHONES = 10

# No mailbox draws a vector: each pane becomes the nearest of these five shapes.
_ARCH = ("bottom", "width:24px;height:30px;border-radius:12px 12px 0 0")
_DISC = ("middle", "width:24px;height:24px;border-radius:50%")
_HALF = ("bottom", "width:40px;height:20px;border-radius:20px 20px 0 0")
_QUARTER = ("top", "width:40px;height:40px;border-radius:0 40px 0 0")
_SQUARE = ("middle", "width:22px;height:22px;border-radius:2px")
_SHAPES = dict.fromkeys(PANES, _ARCH) | {
    "sun": _DISC,
    "violet": _DISC,
    "half": _HALF,
    "awning": _HALF,
    "wave": _HALF,
    "bridge": _HALF,
    "hillside": _HALF,
    "quarter": _QUARTER,
    "sail": _QUARTER,
    "meander": _QUARTER,
    "window": _SQUARE,
    "brick": _SQUARE,
    "stone": _SQUARE,
    "timber": _SQUARE,
    "shutter": _SQUARE,
}


@dataclass(frozen=True)
class Cell:
    wall: str
    shape: str
    align: str
    style: str
    wide_only: bool


def cells(territory: Territory, tokens: Mapping[str, str]) -> list[Cell]:
    """`tokens`: the light colours of the territory's theme."""
    colours = {**tokens, "sun": SUN}
    chosen = [name.strip() for name in territory.facade_signature.split(",")]
    drawn = panes(
        territory.slug, COLUMNS, 1, "letter", signature=[name for name in chosen if name in PANES]
    )
    made = []
    for number, pane in enumerate(drawn):
        wall, shape = PAIRS[pane.palette]
        align, style = _SHAPES[pane.name]
        made.append(Cell(colours[wall], colours[shape], align, style, number >= SHOWN_ON_PHONES))
    return made
