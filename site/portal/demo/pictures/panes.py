"""The panes of a façade, and the arch opened in it."""

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from .canvas import HEIGHT, PANE, SUN, WIDTH, Canvas, mix


def draw_pane(c: Canvas, kind: str, x: float, y: float, back: str, front: str) -> None:
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
            for end in ((75, 18), (22, 110), (128, 110)):
                c.stroke([(x + 75, y + 76), (x + end[0], y + end[1])], 28, front)
        case "wave":
            for shift in (48, 102):
                c.wave(x + 14, y + shift, 122, 16, 20, front)
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
            c.slice(x + 98, y + 138, 52, 180, 360, mix(front, back, 0.35))
            c.slice(x + 62, y + 138, 62, 180, 360, front)
            c.rect(x, y + 136, p, 14, front)


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


def paint_facade(c: Canvas, chance: random.Random, own_panes: Sequence[str]) -> None:
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
            draw_pane(c, kind, column * PANE, row * PANE, back, front)


def frame(facade: Canvas, scene: Canvas) -> None:
    """Show `scene` through a large arch, six panes wide, opened in the façade."""
    x, y, w, h = PANE, PANE, 6 * PANE, 5 * PANE
    facade.rect(x, y, w, h, facade.deep)
    mask = Image.new("L", facade.image.size, 0)
    pen, s = ImageDraw.Draw(mask), facade.scale
    pen.ellipse((x * s, y * s, (x + w) * s, (y + w) * s), fill=255)
    pen.rectangle((x * s, (y + w / 2) * s, (x + w) * s, (y + h) * s), fill=255)
    facade.image.paste(scene.image, mask=mask)
