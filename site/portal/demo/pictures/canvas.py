"""A surface to draw on, measured in units, and the shapes that every picture shares."""

import math
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw

Point = tuple[float, float]

WIDTH, HEIGHT, PANE = 1200, 900, 150
OVERSAMPLING = 3
SUN, NIGHT, WHITE = "#FFC53D", "#1C1826", "#FFFFFF"


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` moved towards `other` by `share` (0 to 1), as #rrggbb."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Canvas:
    """A surface measured in units, whatever the number of pixels under them."""

    def __init__(self, scale: float, colours: tuple[str, str]) -> None:
        self.scale = scale
        first, second = colours
        self.deep, self.dark = mix(first, NIGHT, 0.12), mix(first, NIGHT, 0.5)
        self.bright, self.soft = mix(second, WHITE, 0.18), mix(second, WHITE, 0.68)
        self.middle, self.tint = mix(first, WHITE, 0.55), mix(first, WHITE, 0.86)
        self.image = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), self.deep)
        self._pen = ImageDraw.Draw(self.image)

    def fill(self, colour: str) -> None:
        self.rect(0, 0, WIDTH, HEIGHT, colour)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self._pen.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, radius: float = 0) -> None:
        s = self.scale
        box = (x * s, y * s, (x + w) * s - 1, (y + h) * s - 1)
        self._pen.rounded_rectangle(box, radius * s, fill=fill)

    def disc(self, x: float, y: float, r: float, fill: str) -> None:
        s = self.scale
        self._pen.ellipse(((x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s), fill=fill)

    def slice(self, x: float, y: float, r: float, start: int, end: int, fill: str) -> None:
        """A part of a disc; angles in degrees, clockwise from three o'clock."""
        s = self.scale
        box = ((x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s)
        self._pen.pieslice(box, start, end, fill=fill)

    def ring(self, x: float, y: float, r: float, width: float, fill: str) -> None:
        s = self.scale
        box = ((x - r) * s, (y - r) * s, (x + r) * s, (y + r) * s)
        self._pen.ellipse(box, outline=fill, width=round(width * s))

    def stroke(self, points: Sequence[Point], width: float, fill: str) -> None:
        """A line with round ends and round corners."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self._pen.line(scaled, fill=fill, width=round(width * self.scale), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    def arch(self, x: float, y: float, w: float, h: float, fill: str) -> None:
        """A window: full round on top, square at the foot."""
        self.slice(x + w / 2, y + w / 2, w / 2, 180, 360, fill)
        self.rect(x, y + w / 2 - 1, w, h - w / 2 + 1, fill)

    def wave(self, x: float, y: float, w: float, height: float, width: float, fill: str) -> None:
        steps = 40
        line = [
            (x + w * i / steps, y + height * math.sin(2 * math.pi * i / steps))
            for i in range(steps + 1)
        ]
        self.stroke(line, width, fill)

    def steam(self, x: float, y: float, height: float, width: float, fill: str) -> None:
        line = [
            (x + height / 9 * math.sin(i / 20 * 2 * math.pi), y - height * i / 20)
            for i in range(21)
        ]
        self.stroke(line, width, fill)

    def leaf(self, x: float, y: float, length: float, angle: float, fill: str) -> None:
        """A pointed leaf that starts at (x, y) and grows towards `angle` (degrees)."""
        turn = math.radians(angle)
        half = [(t / 12, 0.3 * math.sin(math.pi * t / 12)) for t in range(13)]
        outline = half + [(along, -across) for along, across in reversed(half)]
        self.polygon(
            [
                (
                    x + length * (a * math.cos(turn) - b * math.sin(turn)),
                    y + length * (a * math.sin(turn) + b * math.cos(turn)),
                )
                for a, b in outline
            ],
            fill,
        )

    def plant(self, x: float, foot: float, height: float, leaves: str, pot: str) -> None:
        top = foot - height * 0.3
        for angle, share in ((-90, 0.7), (-128, 0.6), (-52, 0.6), (-155, 0.42), (-25, 0.42)):
            self.leaf(x, top, height * share, angle, leaves)
        w = height * 0.34
        self.polygon(
            [(x - w / 2, top), (x + w / 2, top), (x + w * 0.36, foot), (x - w * 0.36, foot)], pot
        )

    def person(self, x: float, foot: float, height: float, body: str, head: str) -> None:
        """Head and shoulders, standing behind the line `foot`."""
        r = height * 0.21
        self.arch(x - height * 0.3, foot - height * 0.54, height * 0.6, height * 0.54, body)
        self.disc(x, foot - height + r, r, head)
