"""Draw the demo's pictures: flat scenes in an arched window, set in a façade of panes.

The demo ships no photograph. Each picture is drawn from a territory's two colours, the same at
every run for the same name, and never holds a word, so that nothing in it needs translating.

Drawings are laid out on 1200 × 900 units, on a grid of 150-unit panes, then painted three times
too large and reduced, which is what makes their edges smooth.
"""

import math
import random
from collections.abc import Callable, Sequence

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


def _draw_pane(c: Canvas, kind: str, x: float, y: float, back: str, front: str) -> None:
    """One square of the façade; `kind` is a shared pane or one of a territory's own."""
    p = PANE
    c.rect(x, y, p, p, back)
    match kind:
        case "window":
            c.arch(x + 42, y + 30, 66, 120, front)
            c.rect(x + 72, y + 30, 6, 120, back)
        case "lit":
            c.arch(x + 36, y + 24, 78, 126, front)
        case "person":
            c.person(x + 75, y + 150, 112, front, front)
        case "pair":
            c.person(x + 48, y + 150, 92, front, front)
            c.person(x + 104, y + 150, 112, front, front)
        case "plant":
            c.plant(x + 75, y + 142, 122, front, front)
        case "quarter":
            c.slice(x, y + p, p, 270, 360, front)
        case "halves":
            c.slice(x + 75, y + p, 75, 180, 360, front)
            c.slice(x + 75, y + 75, 75, 180, 360, mix(front, back, 0.5))
        case "shutters":
            for shift in (20, 64, 108):
                c.rect(x + shift, y + 22, 24, 106, front)
        case "awning":
            c.rect(x, y, p, 56, front)
            for shift in (25, 75, 125):
                c.disc(x + shift, y + 56, 25, front)
            c.rect(x + 38, y + 104, 74, 46, front)
        case "sun":
            c.disc(x + 75, y + 75, 49, front)
        case "brick":
            for row, widths in enumerate(((0, 68, 82, 68), (0, 26, 42, 66, 124, 26))):
                for left, width in zip(widths[::2], widths[1::2], strict=True):
                    c.rect(x + left, y + 10 + row * 46, width, 32, front)
            c.rect(x, y + 102, 68, 32, front)
            c.rect(x + 82, y + 102, 68, 32, front)
        case "violet":
            for dx, dy in ((49, 49), (101, 49), (49, 101), (101, 101)):
                c.disc(x + dx, y + dy, 34, front)
            c.disc(x + 75, y + 75, 17, back)
        case "tripod":
            for end in ((75, 8), (20, 112), (130, 112)):
                c.stroke([(x + 75, y + 76), (x + end[0], y + end[1])], 28, front)
        case "wave":
            for shift in (36, 78, 120):
                c.wave(x + 12, y + shift, 126, 14, 15, front)
        case "sail":
            c.polygon([(x + 71, y + 16), (x + 71, y + 108), (x + 16, y + 108)], front)
            c.polygon([(x + 84, y + 40), (x + 84, y + 108), (x + 132, y + 108)], front)
            c.polygon(
                [(x + 16, y + 120), (x + 136, y + 120), (x + 112, y + 142), (x + 40, y + 142)],
                front,
            )
        case "stone":
            for left, top, width in ((8, 8, 82), (104, 8, 38), (8, 82, 38), (60, 82, 82)):
                c.rect(x + left, y + top, width, 60, front)
        case "meander":
            c.slice(x, y + p, p, 270, 360, front)
            c.slice(x, y + p, p * 0.6, 270, 360, back)
        case "bridge":
            c.rect(x, y + 32, p, p - 32, front)
            for shift in (38, 112):
                c.arch(x + shift - 27, y + 78, 54, 72, back)
        case "hillside":
            c.slice(x + 40, y + 172, 92, 180, 360, front)
            c.slice(x + 122, y + 182, 74, 180, 360, mix(front, back, 0.35))
            c.rect(x, y + 140, p, 10, front)


SHARED_PANES = (
    "window",
    "lit",
    "person",
    "pair",
    "plant",
    "quarter",
    "halves",
    "shutters",
    "plant",
)


def _paint_facade(c: Canvas, chance: random.Random, own_panes: Sequence[str]) -> None:
    """Fill the whole surface with panes, never two equal neighbours."""
    pairs = (
        (c.deep, c.bright), (c.bright, c.deep), (c.tint, c.deep), (c.soft, c.bright),
        (c.dark, c.tint), (c.tint, c.bright), (c.bright, c.tint), (c.middle, c.dark),
    )  # fmt: skip
    placed: dict[tuple[int, int], tuple[str, str]] = {}
    for row in range(HEIGHT // PANE):
        for column in range(WIDTH // PANE):
            neighbours = [placed.get((column - 1, row)), placed.get((column, row - 1))]
            while True:
                kind = chance.choice((*SHARED_PANES, "sun", *own_panes, *own_panes))
                back, front = chance.choice(pairs)
                if kind in ("lit", "sun"):  # yellow means that somebody is there
                    back, front = c.deep if kind == "lit" else c.dark, SUN
                if all(n is None or (n[0] != kind and n[1] != back) for n in neighbours):
                    break
            placed[column, row] = (kind, back)
            _draw_pane(c, kind, column * PANE, row * PANE, back, front)


def _frame(facade: Canvas, scene: Canvas) -> None:
    """Show `scene` through a large arch, six panes wide, opened in the façade."""
    x, y, w, h = PANE, PANE, 6 * PANE, 5 * PANE
    facade.rect(x, y, w, h, facade.deep)
    mask = Image.new("L", facade.image.size, 0)
    pen, s = ImageDraw.Draw(mask), facade.scale
    pen.ellipse((x * s, y * s, (x + w) * s, (y + w) * s), fill=255)
    pen.rectangle((x * s, (y + w / 2) * s, (x + w) * s, (y + h) * s), fill=255)
    facade.image.paste(scene.image, mask=mask)


def _draw_quartier(c: Canvas) -> None:
    c.rect(0, 600, WIDTH, 300, c.soft)
    c.rect(0, 868, WIDTH, 32, c.deep)
    for x, light in ((40, c.middle), (250, SUN), (700, c.middle)):
        c.arch(x, 640, 120, 150, light)
    c.rect(440, 640, 190, 16, c.deep)
    for index in range(5):
        c.slice(459 + index * 38, 656, 19, 0, 180, c.bright if index % 2 else c.deep)
    for x, height, body, head in (
        (150, 206, c.deep, c.dark), (250, 138, c.bright, c.dark), (500, 190, c.bright, c.dark),
        (610, 206, c.dark, c.middle), (940, 196, c.deep, c.bright),
    ):  # fmt: skip
        c.person(x, 868, height, body, head)
    for x, height in ((375, 176), (780, 226)):
        c.plant(x, 868, height, c.deep, c.bright)
    c.arch(1034, 660, 116, 208, SUN)
    c.disc(1126, 776, 8, c.deep)


def _draw_forum(c: Canvas) -> None:
    c.fill(c.tint)
    for x, y, fill in (
        (330, 318, SUN), (430, 356, c.bright), (530, 376, c.deep), (630, 378, SUN),
        (730, 366, c.bright), (830, 330, c.deep),
    ):  # fmt: skip
        c.polygon([(x, y), (x + 64, y), (x + 32, y + 58)], fill)
    c.stroke([(250, 276), (430, 352), (600, 376), (770, 352), (950, 276)], 7, c.dark)
    for x, stripe, counter in (
        (190, c.deep, c.bright),
        (470, c.bright, c.deep),
        (750, c.deep, SUN),
    ):
        c.rect(x + 10, 500, 12, 400, c.dark)
        c.rect(x + 238, 500, 12, 400, c.dark)
        for band in range(5):
            fill = stripe if band % 2 == 0 else WHITE
            c.rect(x + band * 52, 466, 52, 60, fill)
            c.disc(x + band * 52 + 26, 526, 26, fill)
        c.person(x + 130, 730, 160, c.dark, c.middle)
        c.rect(x, 716, 260, 184, counter)
        c.rect(x, 716, 260, 20, c.dark)
    for x, body, head in (
        (300, c.middle, c.dark), (420, SUN, c.dark), (690, c.soft, c.dark), (880, c.bright, c.dark),
    ):  # fmt: skip
        c.person(x, 900, 216, body, head)


def _draw_cup(c: Canvas, x: float, y: float, fill: str) -> None:
    c.ring(x + 38, y + 26, 20, 9, fill)
    c.rect(x - 36, y, 72, 30, fill)
    c.slice(x, y + 30, 36, 0, 180, fill)
    for shift in (-14, 14):
        c.steam(x + shift, y - 16, 48, 7, WHITE)


def _draw_cafe(c: Canvas) -> None:
    c.fill(c.soft)
    c.arch(480, 210, 240, 330, c.middle)
    c.arch(496, 226, 208, 314, SUN)
    c.rect(594, 226, 12, 314, c.middle)
    c.rect(470, 530, 260, 16, c.deep)
    c.plant(690, 530, 120, c.deep, c.bright)
    c.person(330, 900, 470, c.deep, c.dark)
    c.person(870, 900, 500, c.bright, c.dark)
    c.rect(586, 740, 28, 160, c.dark)
    c.rect(360, 724, 480, 32, c.dark, radius=16)
    _draw_cup(c, 500, 660, c.bright)
    _draw_cup(c, 690, 660, c.deep)


def _draw_velo(c: Canvas) -> None:
    c.fill(c.tint)
    c.disc(820, 330, 82, SUN)
    c.slice(360, 900, 330, 180, 360, c.middle)
    c.slice(860, 900, 260, 180, 360, c.soft)
    c.rect(150, 822, 900, 78, c.deep)
    for x in range(190, 1040, 130):
        c.rect(x, 856, 70, 10, c.soft)
    for x in (452, 752):
        c.ring(x, 722, 100, 18, c.dark)
        c.disc(x, 722, 14, c.dark)
    frame = [(452, 722), (596, 726), (706, 568), (528, 570), (452, 722)]
    c.stroke(frame, 17, c.bright)
    c.stroke([(596, 726), (516, 540)], 17, c.bright)
    c.stroke([(752, 722), (700, 540), (752, 516)], 17, c.bright)
    c.stroke([(472, 536), (556, 536)], 22, c.dark)
    c.stroke([(520, 520), (640, 590), (596, 720), (634, 726)], 40, c.dark)
    c.stroke([(520, 515), (604, 372)], 82, c.deep)
    c.stroke([(610, 400), (664, 480), (744, 510)], 30, c.bright)
    c.disc(648, 292, 54, c.dark)
    c.slice(648, 284, 62, 172, 352, SUN)


def _draw_chantier(c: Canvas) -> None:
    c.fill(c.soft)
    c.rect(776, 300, 34, 600, c.deep)
    for y in range(340, 880, 68):
        c.stroke([(784, y), (802, y + 44)], 8, c.soft)
    c.rect(390, 286, 540, 28, c.deep)
    c.polygon([(776, 286), (810, 286), (793, 212)], c.deep)
    c.stroke([(793, 220), (470, 290)], 7, c.deep)
    c.rect(880, 314, 66, 60, c.dark)
    c.rect(442, 314, 8, 96, c.dark)
    c.rect(384, 410, 124, 54, SUN)
    rows = ((620, 5), (678, 6), (736, 6), (794, 7), (852, 7))
    for index, (y, bricks) in enumerate(rows):
        shift = 0 if index % 2 else -38
        for brick in range(bricks):
            fill = c.bright if (brick + index) % 3 else c.deep
            c.rect(150 + shift + brick * 78, y, 70, 50, fill)
    for x, body in ((690, c.deep), (918, c.dark)):
        c.person(x, 900, 296, body, c.middle)
        c.slice(x, 664, 72, 180, 360, SUN)
        c.rect(x - 88, 658, 176, 18, SUN, radius=9)


def _draw_atelier(c: Canvas) -> None:
    c.fill(c.tint)
    seats = ((c.deep, c.bright), (c.bright, c.dark), (c.dark, c.middle))
    for index in range(6):
        turn = math.radians(60 * index - 60)
        body, head = seats[index % 3]
        x, y = 600 + 330 * math.cos(turn), 555 + 292 * math.sin(turn)
        across, ahead = (-math.sin(turn), math.cos(turn)), (-math.cos(turn), -math.sin(turn))
        shoulders = [(x + across[0] * side, y + across[1] * side) for side in (-62, 62)]
        c.stroke(shoulders, 82, body)
        for side in (-74, 74):
            hand = (x + across[0] * side + ahead[0] * 86, y + across[1] * side + ahead[1] * 86)
            c.stroke([(x + across[0] * side, y + across[1] * side), hand], 34, body)
        c.disc(x, y, 47, head)
    c.disc(600, 555, 216, SUN)
    c.disc(600, 555, 196, c.soft)
    for index in range(6):
        turn = math.radians(60 * index - 60)
        x, y = 600 + 128 * math.cos(turn), 555 + 128 * math.sin(turn)
        across, ahead = (-math.sin(turn), math.cos(turn)), (math.cos(turn), math.sin(turn))
        corners = ((-30, -40), (30, -40), (30, 40), (-30, 40))
        sheet = [
            (x + across[0] * a + ahead[0] * b, y + across[1] * a + ahead[1] * b) for a, b in corners
        ]
        c.polygon(sheet, WHITE if index % 2 else c.middle)
    c.disc(600, 555, 34, c.deep)
    for angle in range(0, 360, 60):
        c.leaf(600, 555, 56, angle, c.deep)


def _draw_cuisine(c: Canvas) -> None:
    c.fill(c.soft)
    c.rect(330, 396, 540, 16, c.deep)
    for x, fill in ((420, c.bright), (490, SUN), (700, c.deep), (776, c.bright)):
        c.rect(x - 24, 340, 48, 56, fill, radius=8)
        c.rect(x - 18, 326, 36, 14, c.dark)
    for x, body in ((340, c.deep), (860, c.dark)):
        c.person(x, 790, 360, body, c.middle)
        c.arch(x - 66, 588, 132, 202, WHITE)
        c.rect(x - 62, 428, 124, 46, WHITE)
        for shift, r in ((-46, 34), (0, 44), (46, 34)):
            c.disc(x + shift, 414, r, WHITE)
    for x in (540, 600, 660):
        c.steam(x, 574, 112, 13, c.middle)
    c.rect(446, 606, 308, 184, c.bright, radius=22)
    c.rect(424, 596, 352, 30, c.dark, radius=15)
    for x in (420, 780):
        c.ring(x, 676, 30, 14, c.dark)
    c.rect(150, 790, 900, 110, c.deep)
    c.rect(150, 790, 900, 18, c.dark)
    for x in (210, 262):
        c.leaf(x, 772, 62, -112, c.deep)
        c.leaf(x, 772, 62, -68, c.deep)
        c.polygon([(x - 20, 760), (x + 20, 760), (x, 846)], SUN)
    for x in (950, 1000):
        c.disc(x, 770, 30, c.bright)
        c.leaf(x, 744, 30, -60, c.deep)


def _draw_lettre(c: Canvas) -> None:
    c.fill(c.tint)
    c.polygon([(300, 560), (600, 352), (900, 560)], c.dark)
    c.rect(300, 556, 600, 300, c.dark)
    c.arch(420, 250, 360, 470, WHITE)
    c.arch(462, 292, 276, 420, SUN)
    c.rect(592, 292, 16, 420, WHITE)
    c.person(600, 720, 250, c.deep, c.dark)
    c.polygon([(300, 556), (600, 740), (300, 856)], c.bright)
    c.polygon([(900, 556), (600, 740), (900, 856)], c.bright)
    c.polygon([(300, 858), (600, 668), (900, 858)], mix(c.bright, WHITE, 0.35))
    for x, y in ((300, 430), (900, 430), (250, 640), (950, 640)):
        c.disc(x, y, 17, SUN)


def _draw_permis(c: Canvas) -> None:
    c.fill(c.tint)
    c.disc(370, 350, 74, SUN)
    c.slice(860, 800, 240, 180, 360, c.middle)
    c.rect(150, 780, 900, 120, c.dark)
    for x in range(180, 1030, 140):
        c.rect(x, 842, 76, 12, SUN)
    c.polygon([(370, 620), (450, 480), (750, 480), (850, 620)], c.deep)
    c.polygon([(408, 610), (468, 506), (590, 506), (590, 610)], c.soft)
    c.polygon([(614, 610), (614, 506), (736, 506), (806, 610)], c.soft)
    c.person(536, 612, 108, c.bright, c.dark)
    c.person(684, 612, 108, c.dark, c.middle)
    c.rect(280, 606, 670, 150, c.deep, radius=44)
    c.rect(280, 676, 670, 30, c.bright)
    c.disc(918, 646, 20, SUN)
    for x in (420, 800):
        c.disc(x, 758, 74, NIGHT)
        c.disc(x, 758, 34, c.soft)
    c.rect(556, 428, 100, 52, c.bright, radius=8)


def _draw_enfants(c: Canvas) -> None:
    c.fill(c.soft)
    c.disc(800, 352, 72, SUN)
    c.person(470, 820, 450, c.deep, c.dark)
    c.person(676, 820, 250, c.bright, c.dark)
    c.person(838, 820, 200, c.middle, c.dark)
    c.stroke([(560, 640), (624, 716)], 40, c.deep)
    c.rect(150, 810, 900, 90, c.deep)
    for x, y, fill in ((880, 740, c.bright), (960, 740, SUN), (920, 668, c.deep)):
        c.rect(x, y, 72, 70, fill, radius=8)
    c.disc(300, 766, 46, c.bright)
    c.slice(300, 766, 46, 200, 340, SUN)


Scene = Callable[[Canvas], None]
SCENES: dict[str, Scene] = {
    "quartier": _draw_quartier,
    "forum": _draw_forum,
    "cafe": _draw_cafe,
    "velo": _draw_velo,
    "chantier": _draw_chantier,
    "atelier": _draw_atelier,
    "cuisine": _draw_cuisine,
    "lettre": _draw_lettre,
    "permis": _draw_permis,
    "enfants": _draw_enfants,
}


def draw(
    name: str,
    colours: tuple[str, str],
    size: tuple[int, int] = (WIDTH, HEIGHT),
    facade: Sequence[str] = (),
) -> Image.Image:
    """Return the drawing called `name` in two colours (#rrggbb), as an RGB image of `size` pixels.

    `facade` names the territory's own panes ("brick", "wave"…), which then appear around the
    scene. The picture covers `size` and is cropped evenly when its proportions are not 4:3.
    At 1200 × 900 it weighs less than 60 kB, saved as WebP (quality 82) or as PNG after
    `quantize(64)`.
    Raises KeyError when no drawing has that name.
    """
    scene = SCENES[name]
    width, height = size
    fit = max(width / WIDTH, height / HEIGHT)
    canvas = Canvas(fit * OVERSAMPLING, colours)
    _paint_facade(canvas, random.Random(f"{name} {'-'.join(colours)}"), facade)
    if scene is _draw_quartier:
        scene(canvas)
    else:
        inside = Canvas(canvas.scale, colours)
        scene(inside)
        _frame(canvas, inside)
    full = (max(width, round(WIDTH * fit)), max(height, round(HEIGHT * fit)))
    image = canvas.image.resize(full, Image.Resampling.LANCZOS)
    left, top = (full[0] - width) // 2, (full[1] - height) // 2
    return image.crop((left, top, left + width, top + height))
