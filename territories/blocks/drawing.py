"""Charts as SVG: where each thing stands. Nothing here knows of pages, nor of colours.

The drawing is 360 wide, so that its text stays readable on a phone; the classes are those of
`sheets.css`. What is unknown has no bar, and says so: it is not zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.forms.utils import flatatt
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

WIDTH = 360
LINE = 58  # of one bar: its words above, then itself
THICK = 26
LONGEST = 276  # leaves room for the number beside
FOOT, CEILING = 196, 34  # between them, the columns
PANE, ROOM = 29, 36  # a window of the hundred, and the place it takes
SMALL = 24


class Row(NamedTuple):
    """`number` is None when nobody knows; `words` say it as people read it."""

    label: str
    number: Decimal | None
    words: str
    is_main: bool = False


class Shape(NamedTuple):
    """A path, a line or words, with what stands between its brackets in `attributes`."""

    tag: str
    attributes: dict[str, object]
    text: str = ""


class Drawing(NamedTuple):
    height: int
    shapes: Sequence[Shape]

    def as_svg(self) -> SafeString:
        """What stands inside the `<svg>`; what people typed is escaped."""
        return format_html_join(
            "",
            "<{}{}>{}</{}>",
            (
                (shape.tag, flatatt(shape.attributes), shape.text, shape.tag)
                for shape in self.shapes
            ),
        )


class Pen:
    """Draws from left to right; `is_rtl` turns all round, as the text around does."""

    def __init__(self, is_rtl: bool) -> None:
        self.is_rtl = is_rtl

    def x(self, x: float, width: float = 0) -> float:
        return round(WIDTH - x - width if self.is_rtl else x, 1)

    def words(self, text: str, x: float, y: float, kind: str = "", anchor: str = "") -> Shape:
        attributes: dict[str, object] = {"x": self.x(x), "y": y}
        if kind:
            attributes["class"] = kind
        if anchor:
            attributes["text-anchor"] = anchor
        return Shape("text", attributes, text)

    def bar(self, x: float, y: float, width: float, kind: str) -> Shape:
        placed = {"x": self.x(x, width), "y": y, "width": round(width, 1), "height": THICK, "rx": 3}
        return Shape("rect", {"class": kind, **placed})

    def arch(self, x: float, foot: float, width: float, height: float) -> str:
        """A window: round above, as everything that matters."""
        radius = round(min(width / 2, height), 1)
        side = round(height - radius, 1)
        return f"M{self.x(x, width)} {foot}v{-side}a{radius} {radius} 0 0 1 {width} 0v{side}z"


def draw_bars(rows: Sequence[Row], *, is_rtl: bool = False) -> Drawing:
    """One bar under another, for groups whose order is no time."""
    pen = Pen(is_rtl)
    most = max((row.number for row in rows if row.number is not None), default=Decimal(0))
    shapes = []
    for place, row in enumerate(rows):
        top = place * LINE
        shapes.append(pen.words(row.label, 0, top + 17))
        width = float(row.number / most) * LONGEST if row.number and most else 0
        if width:
            shapes.append(pen.bar(0, top + 26, max(width, 2), kind_of(row, rows)))
        beside = width + 8 if width else 0
        shapes.append(
            pen.words(row.words, beside, top + 45, "v" if row.number is not None else "m")
        )
    return Drawing(LINE * len(rows), shapes)


def draw_columns(rows: Sequence[Row], *, is_rtl: bool = False) -> Drawing:
    """One column after another, for years or months."""
    pen = Pen(is_rtl)
    room = WIDTH / len(rows)
    width = round(min(room - 6, 48), 1)
    most = max((row.number for row in rows if row.number is not None), default=Decimal(0))
    shapes = [Shape("line", {"class": "ax", "x1": 0, "y1": FOOT, "x2": WIDTH, "y2": FOOT})]
    for place, row in enumerate(rows):
        left = room * place + (room - width) / 2
        middle = room * place + room / 2
        height = float(row.number / most) * (FOOT - CEILING) if row.number and most else 0
        if height:
            path = pen.arch(left, FOOT, width, round(max(height, 2), 1))
            shapes.append(Shape("path", {"class": kind_of(row, rows), "d": path}))
        said = row.words if row.number is not None else "?"
        above = round(FOOT - height - 8, 1)
        shapes.append(pen.words(said, middle, above, "v", "middle"))
        shapes.append(pen.words(row.label, middle, FOOT + 20, "m", "middle"))
    return Drawing(FOOT + 30, shapes)


def draw_windows(rows: Sequence[Row], *, is_rtl: bool = False) -> Drawing:
    """Shares of a hundred as lit windows: a hundred of them for one share, ten for each of more."""
    if len(rows) == 1:
        return _hundred(rows[0], Pen(is_rtl))
    pen = Pen(is_rtl)
    shapes = []
    for place, row in enumerate(rows):
        top = place * (LINE + 6)
        shapes.append(pen.words(f"{row.label} – {row.words}", 0, top + 15))
        if row.number is not None:
            panes = [pen.arch(n * ROOM * 0.8, top + 54, SMALL, 30) for n in range(10)]
            shapes += _lit(panes, round(row.number / 10))
    return Drawing((LINE + 6) * len(rows), shapes)


def _hundred(row: Row, pen: Pen) -> Drawing:
    panes = [pen.arch(3 + n % 10 * ROOM, 31 + n // 10 * 34, PANE, 28.5) for n in range(100)]
    lit = round(row.number) if row.number is not None else 0
    return Drawing(342, list(_lit(panes, lit)))


def _lit(panes: Sequence[str], number: int) -> Iterator[Shape]:
    for kind, drawn in (("on", panes[:number]), ("no", panes[number:])):
        if drawn:
            yield Shape("path", {"class": kind, "d": "".join(drawn)})


def kind_of(row: Row, rows: Sequence[Row]) -> str:
    """Colour says nothing by itself: a row that is put forward is also the one the title names."""
    if any(one.is_main for one in rows):
        return "bar" if row.is_main else "bar2"
    return "bar"


def is_too_many(rows: Sequence[Row]) -> bool:
    """Whether the words of columns would run into each other."""
    widest = max((len(row.words) for row in rows), default=1)
    return len(rows) * widest * 8 > WIDTH or len(rows) > math.floor(WIDTH / 26)
