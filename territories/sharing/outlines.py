"""The panes of the sprite as polygons: the few forms of SVG that its drawings use, and no other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from django.contrib.staticfiles import finders

SPRITE = "portal/icons.svg"
SVG = "{http://www.w3.org/2000/svg}"
STEPS = 24  # pieces of a curve
TOKEN = re.compile(r"[MLHVCSAZmlhvcsaz]|[-+]?(?:\d+\.?\d*|\.\d+)")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """`is_wall`: in the colour of the wall, otherwise in that of what stands on it."""

    points: tuple[Point, ...]
    is_wall: bool
    opacity: float


@cache
def shapes_of(pane: str) -> tuple[Shape, ...]:
    """The shapes of a pane, 40 units wide, from the back to the front."""
    return tuple(
        Shape(
            tuple(outline),
            is_wall=element.get("fill") != "currentColor",
            opacity=float(element.get("opacity", 1)),
        )
        for element in symbols()[f"m-{pane}"]
        for outline in outlines(element)
    )


@cache
def symbols() -> dict[str, ElementTree.Element]:
    # Our own file, which no visitor writes.
    root = ElementTree.parse(finders.find(SPRITE)).getroot()  # noqa: S314
    return {symbol.get("id", ""): symbol for symbol in root.iter(f"{SVG}symbol")}


def outlines(element: ElementTree.Element) -> Iterator[list[Point]]:
    if element.tag == f"{SVG}circle":
        x, y, r = (float(element.get(name, 0)) for name in ("cx", "cy", "r"))
        yield [
            (x + r * math.cos(turn * math.tau / 72), y + r * math.sin(turn * math.tau / 72))
            for turn in range(72)
        ]
    else:
        yield from read_path(element.get("d", ""))


def read_path(text: str) -> Iterator[list[Point]]:
    """The closed outlines of a path."""
    tokens = TOKEN.findall(text)
    outline: list[Point] = []
    x = y = 0.0
    bend: Point | None = None  # the last control point, which a smooth curve mirrors
    command, at = "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        elif command in "Mm":
            command = "L" if command == "M" else "l"  # what follows a move draws lines
        kind, count = command.upper(), ARGUMENTS[command.upper()]
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        from_x, from_y = (x, y) if command.islower() else (0.0, 0.0)
        match kind:
            case "Z":
                yield outline
                x, y = outline[0]
                outline = []
            case "M":
                x, y = from_x + numbers[0], from_y + numbers[1]
                outline = [(x, y)]
            case "H":
                x = from_x + numbers[0]
                outline.append((x, y))
            case "V":
                y = from_y + numbers[0]
                outline.append((x, y))
            case "L":
                x, y = from_x + numbers[0], from_y + numbers[1]
                outline.append((x, y))
            case "C" | "S":
                pairs = zip(numbers[::2], numbers[1::2], strict=True)
                points = [(from_x + one, from_y + two) for one, two in pairs]
                if kind == "S":
                    points.insert(0, (2 * x - bend[0], 2 * y - bend[1]) if bend else (x, y))
                outline += curve((x, y), *points)
                bend, (x, y) = points[1], points[2]
            case "A":
                end = (from_x + numbers[5], from_y + numbers[6])
                outline += arc((x, y), end, *numbers[:2], bool(numbers[3]), bool(numbers[4]))
                x, y = end
        if kind not in "CS":
            bend = None


def curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    found = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        points = (start, first, second, end)
        x, y = (
            sum(weight * point[axis] for weight, point in zip(weights, points, strict=True))
            for axis in (0, 1)
        )
        found.append((x, y))
    return found


def arc(
    start: Point, end: Point, rx: float, ry: float, is_large: bool, sweeps: bool
) -> list[Point]:
    """An elliptical arc without rotation: appendix B.2.4 of SVG 2."""
    (x1, y1), (x2, y2) = start, end
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    grown = math.sqrt(max(1.0, (half_x / rx) ** 2 + (half_y / ry) ** 2))
    rx, ry = rx * grown, ry * grown
    across = (rx * half_y) ** 2 + (ry * half_x) ** 2
    far = math.sqrt(max(0.0, ((rx * ry) ** 2 - across) / across))
    far = -far if is_large == sweeps else far
    shift_x, shift_y = far * rx * half_y / ry, -far * ry * half_x / rx
    begin = math.atan2((half_y - shift_y) / ry, (half_x - shift_x) / rx)
    finish = math.atan2((-half_y - shift_y) / ry, (-half_x - shift_x) / rx)
    turn = finish - begin
    if sweeps and turn < 0:
        turn += math.tau
    elif not sweeps and turn > 0:
        turn -= math.tau
    centre_x, centre_y = shift_x + (x1 + x2) / 2, shift_y + (y1 + y2) / 2
    angles = (begin + turn * step / STEPS for step in range(1, STEPS + 1))
    return [(centre_x + rx * math.cos(a), centre_y + ry * math.sin(a)) for a in angles]
