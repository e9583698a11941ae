"""Façades: the picture of a territory, drawn from panes of the sprite.

A façade is decided by the territory and by its place on the page, so that it is the same
at every visit, on every machine and with every version of Python.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Choice = TypeVar("Choice")

PANE = 40  # side of a pane, in units of the drawing

# "person" twice: about one pane in three is people or plants.
COMMON = (
    "window",
    "arch",
    "arch-ajar",
    "person",
    "pair",
    "awning",
    "plant",
    "quarter",
    "half",
    "shutter",
    "sun",
    "person",
)
SIGNATURES = (
    "brick",
    "violet",
    "tripod",
    "wave",
    "sail",
    "stone",
    "meander",
    "bridge",
    "hillside",
    "mountain",
    "chimney",
    "palm",
    "timber",
)
PANES = (*dict.fromkeys(COMMON), *SIGNATURES)
NATIONAL = ("violet", "wave", "meander", "sail", "bridge", "brick")

# The pairs of colours of the style sheet, for what is drawn without it: wall, shape.
PAIRS = {
    "k1": ("deep-2", "bright"),
    "k2": ("bright", "deep"),
    "k3": ("sun", "deep"),
    "k4": ("pale", "deep"),
    "k5": ("deep", "pale"),
    "k6": ("deep-2", "sun"),
    "k7": ("bright", "pale"),
    "k8": ("pale", "bright"),
}
# Those that are drawn from; light walls more often than dark ones.
PALETTES = ("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k2", "k4")
_PALETTES_OF = {
    # People stay visible, and the sun shines: these panes do not take every pair.
    "person": ("k1", "k2", "k3", "k4", "k5", "k6", "k2", "k4"),
    "pair": ("k1", "k2", "k3", "k4", "k5", "k6", "k2", "k4"),
    "sun": ("k6", "k1"),
}
_TURNING = frozenset({"quarter", "meander"})
_SIGNATURE_WEIGHT = 3


@dataclass(frozen=True)
class Pane:
    """One pane: which drawing, which pair of colours, where, turned by how many degrees."""

    name: str
    palette: str
    column: int
    row: int
    turn: int = 0
    territory: str = ""  # the slug whose colours it takes, when not the page's own


class _Draws:
    """Choices that depend on nothing but a key (`random` does not promise that)."""

    def __init__(self, key: str) -> None:
        self._bytes = self._stream(key)

    @staticmethod
    def _stream(key: str) -> Iterator[int]:
        block = 0
        while True:
            digest = hashlib.sha256(f"{key}/{block}".encode()).digest()
            for at in range(0, len(digest), 4):
                yield int.from_bytes(digest[at : at + 4], "big")
            block += 1

    def choose(self, options: Sequence[Choice]) -> Choice:
        return options[next(self._bytes) % len(options)]


def signature_of(slug: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The panes that belong to a territory: those it chose, or three drawn from its slug."""
    if chosen:
        unknown = [name for name in chosen if name not in PANES]
        if unknown:
            raise ValueError(f"Not panes of the façade: {', '.join(unknown)}")
        return tuple(chosen)
    if not slug:
        return NATIONAL
    draws = _Draws(f"signature/{slug}")
    panes = list(SIGNATURES)
    drawn = []
    for _ in range(3):
        drawn.append(draws.choose(panes))
        panes.remove(drawn[-1])
    return tuple(drawn)


def panes(
    slug: str,
    columns: int,
    rows: int,
    seed: int | str = 0,
    *,
    signature: Sequence[str] = (),
    territories: Sequence[str] = (),
) -> list[Pane]:
    """The panes of a façade, row by row; neighbours share neither drawing nor colours.

    `slug` is empty for the national portal. Each pane borrows the colours of one of
    `territories` (slugs) when there are any.
    """
    draws = _Draws(f"{slug}/{seed}")
    pool = COMMON + signature_of(slug, signature) * _SIGNATURE_WEIGHT
    placed: dict[tuple[int, int], Pane] = {}
    for row in range(rows):
        for column in range(columns):
            beside = [placed.get((column - 1, row)), placed.get((column, row - 1))]
            names = {pane.name for pane in beside if pane}
            taken = {pane.palette for pane in beside if pane}
            possible = [name for name in pool if name not in names and _palettes(name, taken)]
            name = draws.choose(possible)
            placed[column, row] = Pane(
                name=name,
                palette=draws.choose(_palettes(name, taken)),
                column=column,
                row=row,
                turn=draws.choose((0, 90, 180, 270)) if name in _TURNING else 0,
                territory=draws.choose(territories) if territories else "",
            )
    return list(placed.values())


def _palettes(name: str, taken: set[str]) -> list[str]:
    return [palette for palette in _PALETTES_OF.get(name, PALETTES) if palette not in taken]


def mark(slug: str, signature: Sequence[str] = ()) -> list[Pane]:
    """The 2 × 2 façade that stands for a logo: an open window and somebody, always."""
    first, *others = signature_of(slug, signature) if slug else ("arch", "sun")
    return [
        Pane(first, "k2", 0, 0),
        Pane("arch-ajar", "k3", 1, 0),
        Pane("person", "k5", 0, 1),
        Pane(others[0] if others else "arch", "k4" if slug else "k6", 1, 1),
    ]


def svg_uses(drawn: Sequence[Pane], sprite: str) -> str:
    """The panes as SVG `<use>` elements of the sprite found at the address `sprite`."""
    return "".join(_use(pane, sprite) for pane in drawn)


def _use(pane: Pane, sprite: str) -> str:
    x, y = pane.column * PANE, pane.row * PANE
    place = f'x="{x}" y="{y}" width="{PANE}" height="{PANE}"'
    turn = f' transform="rotate({pane.turn} {x + PANE // 2} {y + PANE // 2})"' if pane.turn else ""
    territory = f' data-territory="{pane.territory}"' if pane.territory else ""
    return f'<use href="{sprite}#m-{pane.name}" {place} class="{pane.palette}"{turn}{territory}/>'
