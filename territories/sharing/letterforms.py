"""Words as outlines, in the typeface of the site: for a drawing that stands on other people's
pages, where no font of ours can be asked for. In Latin letters only, as names of places are."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from .lettering import FILES, width

FALLBACK = "?"


def outlined(line: str, at: tuple[float, float], size: int, weight: int) -> str:
    """The path of a line whose baseline begins at this point, from left to right."""
    font = typeface()
    letters, names = font.getGlyphSet(location={"wght": weight}), font.getBestCmap()
    scale = size / font["head"].unitsPerEm
    x, y = at
    pen = SVGPathPen(letters, ntos=lambda number: f"{number:.4g}")
    for rank, letter in enumerate(line):
        # As wide as the line up to here, so that pairs stand as close as the typeface wants them.
        before = width(line[: rank + 1], size, weight) - width(letter, size, weight)
        name = names.get(ord(letter)) or names[ord(FALLBACK)]
        letters[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x + before, y)))
    return pen.getCommands()


@cache
def typeface() -> Any:
    return TTFont(finders.find(FILES[False]))
