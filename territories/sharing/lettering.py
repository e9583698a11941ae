"""Words on a picture, in the typeface of the site, from left to right or from right to left.

The Arabic file of the typeface has no Latin letters, and no digits: a line is cut into runs of one
file each. libraqm shapes a run; the runs of an Arabic line stand from right to left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from django.contrib.staticfiles import finders
from django.utils.translation import get_language_info
from PIL import ImageDraw, ImageFont, features

FILES = {False: "portal/fonts/readex-latin.woff2", True: "portal/fonts/readex-arabic.woff2"}
ARABIC = "\u0600-\u06ff\ufb50-\ufefc"
RUN = re.compile(
    rf"(?P<arabic>[{ARABIC}]+(?: [{ARABIC}]+)*)|"
    rf"(?P<other>[^\W{ARABIC}](?:[^{ARABIC}]*[^\W{ARABIC}])?)|.",
    re.DOTALL,
)
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
LEADING = 1.2
ELLIPSIS = "…"

Colour = str | tuple[int, ...]


def can_write(language: str) -> bool:
    """Whether Pillow was built with what shapes Arabic; every other language needs nothing."""
    return features.check("raqm") or not is_rtl(language)


def is_rtl(language: str) -> bool:
    return bool(get_language_info(language)["bidi"])


@cache
def typeface(size: int, weight: int, arabic: bool) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(finders.find(FILES[arabic]), size)
    font.set_variation_by_axes([weight])
    return font


def runs(line: str) -> Iterator[tuple[str, bool]]:
    """(words, whether they are Arabic), in the order in which they are read. What stands between
    two scripts is a run by itself, so that it stands between them in either direction."""
    for found in RUN.finditer(line):
        yield found[0], found.lastgroup == "arabic"


def options(arabic: bool) -> dict[str, str]:
    return {"direction": "rtl" if arabic else "ltr"} if features.check("raqm") else {}


def width(line: str, size: int, weight: int) -> float:
    return sum(
        typeface(size, weight, arabic).getlength(run, **options(arabic))
        for run, arabic in runs(line)
    )


def write(
    draw: ImageDraw.ImageDraw,
    line: str,
    at: tuple[float, float],
    *,
    size: int,
    weight: int,
    fill: Colour,
    rtl: bool = False,
) -> None:
    """One line whose baseline begins at this point: its left end, or its right end for `rtl`."""
    x, y = at
    for run, arabic in runs(line):
        font = typeface(size, weight, arabic)
        length = font.getlength(run, **options(arabic))
        if rtl:
            x -= length
            run = run.translate(MIRRORED) if len(run) == 1 else run
        draw.text((x, y), run, font=font, fill=fill, anchor="ls", **options(arabic))
        if not rtl:
            x += length


def lines_of(text: str, size: int, weight: int, most: float) -> list[str]:
    """The text cut between words into lines no wider than `most`; a longer word stays whole."""
    # No line begins with the sign that a French space stands before.
    text = re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", text)
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(
    text: str, sizes: tuple[int, ...], weight: int, most: float, height: float
) -> tuple[int, list[str]]:
    """The largest of the sizes in which the text fits, and its lines; cut short in the smallest."""
    for size in sizes:
        lines = lines_of(text, size, weight, most)
        is_narrow = all(width(line, size, weight) <= most for line in lines)
        if is_narrow and len(lines) * size * LEADING <= height:
            return size, lines
    size = sizes[-1]
    kept = lines_of(text, size, weight, most)[: max(1, int(height / (size * LEADING)))]
    kept = [cut(line, size, weight, most) for line in kept]
    if kept[-1][-1] != ELLIPSIS:
        kept[-1] = cut(kept[-1] + ELLIPSIS, size, weight, most)
    return size, kept


def cut(line: str, size: int, weight: int, most: float) -> str:
    while width(line, size, weight) > most and len(line) > 2:
        line = line.rstrip(ELLIPSIS)[:-1].rstrip() + ELLIPSIS
    return line
