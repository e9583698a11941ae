"""The picture that messages show for a page: the wall of its territory, its title, its façade.

1200 × 630, as Open Graph readers want it, in few enough colours to weigh less than 60 kB.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from django.utils.formats import date_format
from django.utils.translation import override
from PIL import Image, ImageDraw

from territories.appearance import facade
from territories.appearance.facade import PAIRS, PANE, Pane
from territories.appearance.theme import NIGHT, SUN, WHITE, derive

from .lettering import LEADING, can_write, fitted, is_rtl, width, write
from .outlines import shapes_of
from .poster import Poster

SIZE = (1200, 630)
ROWS, COLUMNS = 6, 4
SIDE = SIZE[1] // ROWS  # of a pane
WALL = SIZE[0] - COLUMNS * SIDE
MARGIN = 60
SMOOTH = 3  # drawn this much larger, then shrunk
COLOURS = 64
TITLE_SIZES = (72, 64, 56, 50, 44, 38)
BOLD, REGULAR = 650, 450
DATE = (150, 176)  # the window of a date


def draw_picture(poster: Poster) -> bytes:
    """The picture as a PNG. Where Pillow cannot shape the language, the façade alone."""
    colours = {**derive(*poster.colours).light, "sun": SUN}
    picture = Image.new("RGB", SIZE, colours["deep"])
    rtl = is_rtl(poster.language)
    if not can_write(poster.language):
        panes = facade.panes(poster.slug, 12, ROWS, "partage", signature=poster.signature)
        picture.paste(drawn(panes, 12, ROWS, SIDE, colours), (0, 0))
        return as_png(picture)
    panes = facade.panes(poster.slug, COLUMNS, ROWS, "partage", signature=poster.signature)
    picture.paste(drawn(panes, COLUMNS, ROWS, SIDE, colours), (0 if rtl else WALL, 0))
    draw = ImageDraw.Draw(picture)
    edge = SIZE[0] - MARGIN if rtl else MARGIN
    mark = drawn(facade.mark(poster.slug, poster.signature), 2, 2, 36, colours)
    picture.paste(mark, (edge - mark.width if rtl else edge, MARGIN - 12))
    beside = edge - mark.width - 20 if rtl else edge + mark.width + 20
    most = WALL - 2 * MARGIN
    size, names = fitted(poster.name, (30, 26, 22), REGULAR, most - mark.width - 20, 72)
    for number, line in enumerate(names):
        lift = MARGIN + 34 - (len(names) - 1) * size * LEADING / 2 + number * size * LEADING
        write(draw, line, (beside, lift), size=size, weight=REGULAR, fill=WHITE, rtl=rtl)
    top = MARGIN + 100
    if poster.day is not None:
        date_window(draw, poster, (edge - DATE[0] if rtl else edge, top), colours)
        top += DATE[1] + 20
    bottom = SIZE[1] - MARGIN + 10
    size, lines = fitted(" ".join(poster.title.split()), TITLE_SIZES, BOLD, most, bottom - top)
    for number, line in enumerate(reversed(lines)):
        baseline = bottom - size * 0.28 - number * size * LEADING
        write(draw, line, (edge, baseline), size=size, weight=BOLD, fill=WHITE, rtl=rtl)
    return as_png(picture)


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
    draw: ImageDraw.ImageDraw, poster: Poster, at: tuple[int, int], colours: Mapping[str, str]
) -> None:
    """The arched window of a date, as on the pages: weekday, number, month."""
    (x, y), (wide, high) = at, DATE
    draw.ellipse((x, y, x + wide, y + wide), fill=colours["bright"])
    draw.rounded_rectangle(
        (x, y + wide // 2, x + wide, y + high), radius=10, fill=colours["bright"]
    )
    with override(poster.language):
        words = [date_format(poster.day, form) for form in ("D", "j", "N")]
    if poster.language == "fr":
        words[0] += "."
    for word, size, weight, baseline in (
        (words[0], 26, REGULAR, 56),
        (words[1], 68, BOLD, 118),
        (words[2], 26, REGULAR, 154),
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
