"""A chart as a file of its own, SVG or PNG: its title, its drawing, and what it rests on."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache, partial

from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from territories.appearance.theme import NIGHT, SUN, WHITE, derive
from territories.blocks.drawing import WIDTH
from territories.printing import CARRIED
from territories.sharing.keeping import folder, kept
from territories.sharing.lettering import FILES, lines_of

from .charts import Chart

MARGIN = 20
TITLE, TEXT, SMALL = 18, 14, 12
# The drawing engine knows hundreds alone.
REGULAR, BOLD = 400, 700
FAMILY = "Readex"
SCALE = 3  # of the PNG
# One more when what is made of the typeface changes.
CUT = 3
TEXTS = re.compile(r"(<text[^>]*>)([^<]*)(</text>)")
# Right-to-left embedding, and its end: what stands between is read so, its full stops too.
RTL, END = "\u202b", "\u202c"

STYLE = """
text {{ font-family: {families}, sans-serif; font-size: {text}px; font-weight: {regular} }}
text {{ fill: {ink} }}
.v, .title {{ font-weight: {bold} }}
.title {{ font-size: {title}px }}
.m, .small {{ fill: {ink-soft} }}
.small {{ font-size: {small}px }}
.bar {{ fill: {action} }}
.bar2 {{ fill: {bright}; stroke: {ink} }}
.ax {{ stroke: {edge} }}
.on {{ fill: {sun}; stroke: {night} }}
.no {{ fill: {tint-2}; stroke: {edge} }}
"""


def style(colours: tuple[str, str]) -> str:
    return STYLE.format(
        **derive(*colours).light,
        sun=SUN,
        night=NIGHT,
        regular=REGULAR,
        bold=BOLD,
        title=TITLE,
        text=TEXT,
        small=SMALL,
        families=f"{FAMILY}, {FAMILY} Arabic",
    )


def bare_svg(chart: Chart, colours: tuple[str, str]) -> SafeString:
    """The drawing alone, with its colours in it: for paper, where the words stand beside."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "<style>{}</style>{}</svg>",
        WIDTH,
        chart.drawing.height,
        chart.told,
        style(colours),
        chart.drawing.as_svg(),
    )


def carried_png(chart: Chart, colours: tuple[str, str]) -> str:
    """The drawing alone as an address that holds it. The PDF engine sets no Arabic in a drawing,
    nor begins it on the right; the one that makes pictures does."""
    svg = bare_svg(chart, colours)
    key = hashlib.sha256(f"{CUT}/{svg}".encode()).hexdigest()[:24]
    return CARRIED + b64encode(kept(f"chart-{key}.png", lambda: png_of(svg))).decode()


def svg_of(chart: Chart, colours: tuple[str, str], said: Sequence[str]) -> str:
    """`said`: lines under the drawing, what it rests on and whose it is."""
    lines: list[tuple[str, str, int]] = []

    def write(text: str, kind: str, size: int, weight: int) -> None:
        lines.extend((line, kind, size) for line in lines_of(text, size, weight, WIDTH))

    write(chart.title, "title", TITLE, BOLD)
    write(f"{chart.subject}. {chart.note}".strip(), "m", TEXT, REGULAR)
    above, top = placed(lines, MARGIN)
    drawing = chart.drawing
    lines.clear()
    for text in said:
        write(text, "small", SMALL, REGULAR)
    under, end = placed(lines, top + 8 + drawing.height + 12)
    high = end + MARGIN
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}"'
        ' lang="{language}" direction="{direction}" role="img" aria-label="{told}">'
        "<title>{title}</title>"
        '<style>{style}</style><rect width="{w}" height="{h}" fill="{white}"/>{above}'
        '<g transform="translate({margin} {top})">{drawing}</g>{under}</svg>',
        w=WIDTH + 2 * MARGIN,
        h=high,
        language=get_language(),
        direction="rtl" if get_language_bidi() else "ltr",
        told=f"{chart.subject} : {chart.told}",
        title=chart.title,
        style=style(colours),
        white=WHITE,
        above=above,
        margin=MARGIN,
        top=top + 8,
        drawing=drawing.as_svg(),
        under=under,
    )


def placed(lines: Sequence[tuple[str, str, int]], top: float) -> tuple[SafeString, int]:
    """Lines one under the other, from the side where reading begins."""
    is_rtl = get_language_bidi()
    x = WIDTH + MARGIN if is_rtl else MARGIN
    found = []
    for text, kind, size in lines:
        top += size * 1.35
        found.append((x, round(top - size * 0.3), kind, "rtl" if is_rtl else "ltr", text))
    drawn = format_html_join("", '<text x="{}" y="{}" class="{}" direction="{}">{}</text>', found)
    return drawn, round(top)


def png_of(svg: str) -> bytes:
    """Three times as large as the SVG says: sharp on paper and on a slide."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=turned(svg) if get_language_bidi() else svg,
            skip_system_fonts=True,
            font_files=typefaces(),
            zoom=SCALE,
        )
    )


def turned(svg: str) -> str:
    """From right to left for an engine that does not know of it: what begins at a place ends there,
    and each text says itself in which direction it is read."""
    svg = svg.replace(' direction="rtl"', "").replace("<svg ", '<svg text-anchor="end" ', 1)
    return TEXTS.sub(f"\\1{RTL}\\2{END}\\3", svg)


@cache
def typefaces() -> list[str]:
    """The site's typeface as files that the drawing engine reads, made once for a disk: it knows
    neither WOFF2 nor variable fonts, nor takes the letters of one line from two files."""
    found = []
    for weight in (REGULAR, BOLD):
        name = f"readex-{CUT}-{weight}.ttf"
        kept(name, partial(joined, weight))
        found.append(str(folder() / name))
    return found


def joined(weight: int) -> bytes:
    """Latin and Arabic letters in one file."""
    from fontTools.merge import Merger

    written = io.BytesIO()
    Merger().merge([io.BytesIO(cut(file, weight)) for file in FILES.values()]).save(written)
    return written.getvalue()


def cut(file: str, weight: int) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(finders.find(file))
    font.flavor = None
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    font["OS/2"].usWeightClass = weight
    for record in list(font["name"].names):
        if record.nameID in {16, 17, 21, 22}:
            font["name"].removeNames(nameID=record.nameID)
    for platform in ((3, 1, 0x409), (1, 0, 0)):
        font["name"].setName(FAMILY, 1, *platform)
        font["name"].setName("Bold" if weight == BOLD else "Regular", 2, *platform)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
