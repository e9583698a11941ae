"""The picture that messages show for a page: the wall of its territory, its title, its façade.

In few enough colours to weigh less than 60 kB as Open Graph readers want it, which is `WIDE`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import override
from PIL import Image, ImageDraw

from territories.appearance import facade
from territories.appearance.facade import PAIRS, PANE, Pane
from territories.appearance.theme import NIGHT, SUN, WHITE, derive

from .lettering import LEADING, can_write, fitted, is_rtl, width, write
from .outlines import shapes_of
from .poster import Poster

MARGIN = 60
SMOOTH = 3  # drawn this much larger, then shrunk
COLOURS = 64
BOLD, REGULAR = 650, 450
DATE = (150, 176)  # the window of a date
BADGE = 56  # its height


@dataclass(frozen=True)
class Layout:
    """How large the picture is, and where its façade stands: beside the words, or above them.

    `side`: of a pane, in pixels. `scale`: of all that does not shrink to fit, 1 on `WIDE`.
    """

    name: str
    size: tuple[int, int]
    columns: int
    rows: int
    side: int
    is_beside: bool
    title_sizes: tuple[int, ...]
    scale: float = 1

    def scaled(self, *lengths: float) -> tuple[int, ...]:
        return tuple(round(length * self.scale) for length in lengths)

    @property
    def wall(self) -> tuple[int, int]:
        """Where the words stand: its width, and how far down it begins."""
        if self.is_beside:
            return self.size[0] - self.columns * self.side, 0
        return self.size[0], self.rows * self.side


WIDE = Layout("large", (1200, 630), 4, 6, 105, True, (72, 64, 56, 50, 44, 38))
# What networks of pictures show, and what stands upright on a telephone.
SQUARE = Layout("carree", (1080, 1080), 8, 2, 135, False, (88, 76, 66, 56, 48, 40), 1.2)
STORY = Layout("verticale", (1080, 1920), 6, 5, 180, False, (108, 94, 82, 70, 60, 50), 1.6)
LAYOUTS = {layout.name: layout for layout in (WIDE, SQUARE, STORY)}


def draw_picture(poster: Poster, layout: Layout = WIDE) -> bytes:
    """The picture as a PNG. Where Pillow cannot shape the language, the façade alone."""
    colours = {**derive(*poster.colours).light, "sun": SUN}
    picture = Image.new("RGB", layout.size, colours["deep"])
    rtl = is_rtl(poster.language)
    columns, rows, side = layout.columns, layout.rows, layout.side
    if not can_write(poster.language):
        columns, rows = -(-layout.size[0] // side), -(-layout.size[1] // side)
        panes = facade.panes(poster.slug, columns, rows, "partage", signature=poster.signature)
        picture.paste(drawn(panes, columns, rows, side, colours), (0, 0))
        return as_png(picture)
    panes = facade.panes(poster.slug, columns, rows, "partage", signature=poster.signature)
    wide, _top = layout.wall
    at = 0 if rtl or not layout.is_beside else wide
    picture.paste(drawn(panes, columns, rows, side, colours), (at, 0))
    write_words(ImageDraw.Draw(picture), picture, poster, layout, colours)
    return as_png(picture)


def write_words(
    draw: ImageDraw.ImageDraw,
    picture: Image.Image,
    poster: Poster,
    layout: Layout,
    colours: Mapping[str, str],
) -> None:
    """From the top: the mark and the name of the site, the badge, the date; the title below."""
    rtl = is_rtl(poster.language)
    wide, top = layout.wall
    top += MARGIN
    edge = layout.size[0] - MARGIN if rtl else MARGIN
    most = wide - 2 * MARGIN
    [pane, gap] = layout.scaled(36, 20)
    mark = drawn(facade.mark(poster.slug, poster.signature), 2, 2, pane, colours)
    picture.paste(mark, (edge - mark.width if rtl else edge, top - 12))
    beside = edge - mark.width - gap if rtl else edge + mark.width + gap
    [names_high, middle] = layout.scaled(72, 34)
    sizes = layout.scaled(30, 26, 22)
    size, names = fitted(poster.name, sizes, REGULAR, most - mark.width - gap, names_high)
    for number, line in enumerate(names):
        lift = top + middle - (len(names) - 1) * size * LEADING / 2 + number * size * LEADING
        write(draw, line, (beside, lift), size=size, weight=REGULAR, fill=WHITE, rtl=rtl)
    top += layout.scaled(100)[0]
    if poster.badge:
        top += badge(draw, poster, (edge, top), layout, colours) + gap
    if poster.day is not None:
        window = layout.scaled(*DATE)
        date_window(draw, poster, (edge - window[0] if rtl else edge, top), layout, colours)
        top += window[1] + gap
    bottom = layout.size[1] - MARGIN + 10
    title = " ".join(poster.title.split())
    size, lines = fitted(title, layout.title_sizes, BOLD, most, bottom - top)
    for number, line in enumerate(reversed(lines)):
        baseline = bottom - size * 0.28 - number * size * LEADING
        write(draw, line, (edge, baseline), size=size, weight=BOLD, fill=WHITE, rtl=rtl)


def badge(
    draw: ImageDraw.ImageDraw,
    poster: Poster,
    at: tuple[int, int],
    layout: Layout,
    colours: Mapping[str, str],
) -> int:
    """A lit band with the words of the badge; returns its height."""
    (x, y), rtl = at, is_rtl(poster.language)
    high, size, inside = layout.scaled(BADGE, 26, 22)
    length = round(width(poster.badge, size, BOLD)) + 2 * inside
    left = x - length if rtl else x
    draw.rounded_rectangle((left, y, left + length, y + high), radius=10, fill=colours["bright"])
    start = x - inside if rtl else x + inside
    baseline = y + high / 2 + size * 0.36
    write(draw, poster.badge, (start, baseline), size=size, weight=BOLD, fill=NIGHT, rtl=rtl)
    return high


def drawn(
    panes: Sequence[Pane], columns: int, rows: int, side: int, colours: Mapping[str, str]
) -> Image.Image:
    scale = side * SMOOTH / PANE
    large = Image.new("RGB", (columns * side * SMOOTH, rows * side * SMOOTH), colours["deep"])
    for pane in panes:
        wall, front = (colours[name] for name in PAIRS[pane.palette])
        square = Image.new("RGB", (side * SMOOTH, side * SMOOTH), wall)
        draw = ImageDraw.Draw(square)
        for shape in shapes_of(pane.name):
            colour = wall if shape.is_wall else mixed(front, wall, shape.opacity)
            draw.polygon([(x * scale, y * scale) for x, y in shape.points], fill=colour)
        # SVG turns clockwise, Pillow the other way.
        square = square.rotate(-pane.turn) if pane.turn else square
        large.paste(square, (pane.column * side * SMOOTH, pane.row * side * SMOOTH))
    return large.resize((columns * side, rows * side), Image.Resampling.LANCZOS)


def mixed(front: str, back: str, opacity: float) -> str:
    pairs = [(int(front[at : at + 2], 16), int(back[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one * opacity + two * (1 - opacity)):02x}" for one, two in pairs)


def date_window(
    draw: ImageDraw.ImageDraw,
    poster: Poster,
    at: tuple[int, int],
    layout: Layout,
    colours: Mapping[str, str],
) -> None:
    """The arched window of a date, as on the pages: weekday, number, month."""
    (x, y), (wide, high) = at, layout.scaled(*DATE)
    draw.ellipse((x, y, x + wide, y + wide), fill=colours["bright"])
    draw.rounded_rectangle(
        (x, y + wide // 2, x + wide, y + high), radius=10, fill=colours["bright"]
    )
    with override(poster.language):
        words = [date_format(poster.day, form) for form in ("D", "j", "N")]
    if poster.language == "fr":
        words[0] += "."
    for word, (size, baseline), weight in (
        (words[0], layout.scaled(26, 56), REGULAR),
        (words[1], layout.scaled(68, 118), BOLD),
        (words[2], layout.scaled(26, 154), REGULAR),
    ):
        length = width(word, size, weight)
        rtl = is_rtl(poster.language)
        start = x + (wide + (length if rtl else -length)) / 2
        write(draw, word, (start, y + baseline), size=size, weight=weight, fill=NIGHT, rtl=rtl)


def as_png(picture: Image.Image) -> bytes:
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()
