"""The poster as one SVG: for whoever puts it into a layout of their own. It needs nothing else: the
typeface is in it, and its words stay words."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import segno
from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from territories.appearance.facade import PANE
from territories.appearance.theme import NIGHT, SUN, WHITE
from territories.sharing.lettering import FILES, LEADING, fitted, width

from .content import COLUMNS, ROWS, EventPoster
from .panes import drawn_panes

# Tenths of a millimetre, on A4. A5 is the same drawing, smaller.
WIDTH, HEIGHT = 2100, 2970
MARGIN = 105
SIDE = WIDTH // COLUMNS  # of a pane
INNER = WIDTH - 2 * MARGIN
TOP, FOOT = ROWS * SIDE + MARGIN, HEIGHT - MARGIN - 400
# The line of a label, under the rest of the foot.
PROVED = 240
DATE = (460, 570)
CODE, PROOF = 400, 170
BOLD, REGULAR = 650, 450
GREY = "#dddddd"

Lines = tuple[int, Sequence[str]]


def draw_svg(poster: EventPoster) -> bytes:
    with override(poster.language):
        return _Drawing(poster).drawn()


class _Drawing:
    def __init__(self, poster: EventPoster) -> None:
        self.poster = poster
        self.bottom = FOOT - (PROVED if poster.proof else 0)
        self.root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {HEIGHT}",
                "width": "210mm",
                "height": "297mm",
                "lang": poster.language,
                "role": "img",
                "aria-label": poster.title,
                "font-family": "Readex, Readex Arabic, sans-serif",
                "fill": NIGHT,
            },
        )

    def drawn(self) -> bytes:
        poster = self.poster
        self.put("title").text = poster.title
        self.put("style").text = faces(poster)
        self.put("rect", width=WIDTH, height=HEIGHT, fill=WHITE)
        wall = self.put("g", transform=f"scale({SIDE / PANE})")
        wall.append(ElementTree.fromstring(drawn_panes(poster.panes, poster.colours)))  # noqa: S314
        title = fitted(poster.title, (170, 150, 130, 112, 96, 80), BOLD, INNER, 640)
        summary = fitted(poster.summary, (69, 62, 56, 50), REGULAR, INNER, 400)
        heights = [height(title), height(summary), DATE[1]]
        gap = (self.bottom - 60 - TOP - sum(heights)) / 3
        self.write(title, MARGIN, TOP, BOLD)
        self.write(summary, MARGIN, TOP + heights[0] + gap, REGULAR)
        self.when(TOP + heights[0] + heights[1] + 2 * gap)
        self.foot()
        return ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)

    def when(self, top: float) -> None:
        poster, beside = self.poster, MARGIN
        if poster.day:
            self.window(top)
            beside += DATE[0] + 85
        others = [poster.repeat, poster.where, poster.price, poster.registration]
        size, lines = paragraphs(
            [poster.hours, *others], (71, 62, 54, 46, 40), WIDTH - MARGIN - beside, DATE[1]
        )
        top += (DATE[1] - height((size, lines))) / 2
        if poster.hours:
            self.write((size, lines[:1]), beside, top, BOLD)
            top, lines = top + size * LEADING, lines[1:]
        self.write((size, lines), beside, top, REGULAR)

    def window(self, top: float) -> None:
        """The arched window of the date."""
        (wide, high), radius = DATE, DATE[0] / 2
        left = WIDTH - MARGIN - wide if self.poster.is_rtl else MARGIN
        sides, round_top = high - radius, f"a{radius} {radius} 0 0 1 {wide} 0"
        arch = f"M{left} {top + high}v{-sides}{round_top}v{sides}z"
        self.put("path", d=arch, fill=SUN if self.poster.is_lit else GREY)
        for form, size, weight, down in (
            ("l", 66, REGULAR, 210),
            ("j", 230, BOLD, 410),
            ("F", 66, REGULAR, 500),
        ):
            words = date_format(self.poster.day, form)
            self.text(words, left + wide / 2, top + down, size, weight, anchor="middle")

    def foot(self) -> None:
        poster, top = self.poster, self.bottom
        self.put("rect", x=MARGIN, y=top - 60, width=INNER, height=10)
        self.code(poster.code, poster.code_svg, MARGIN, top, CODE)
        beside = MARGIN + CODE + 65
        aim = fitted(_("Visez ce carré avec votre téléphone."), (52, 44, 36), REGULAR, 700, 130)
        if poster.phone:
            ask = _("Une question ? Appelez-nous.")
            if poster.person:
                ask = _("Une question ? Demandez %(name)s.") % {"name": poster.person}
            self.write(aim, beside, top, REGULAR)
            self.write(fitted(ask, (52, 44, 36), REGULAR, 700, 130), beside, top + 145, REGULAR)
            self.ltr(poster.phone, beside, top + 375, 88)
        else:
            self.write(aim, beside, top + (CODE - height(aim)) / 2, REGULAR)
        beside += 760
        if poster.is_lit and not poster.proof:
            self.label(beside, top + 70)
        signed = fitted(poster.signed, (50, 44, 38), REGULAR, WIDTH - MARGIN - beside, 200)
        under = 180 if poster.is_lit and not poster.proof else (CODE - height(signed)) / 2
        self.write(signed, beside, top + under, REGULAR)
        if poster.proof_code:
            self.proof(poster.proof_code, HEIGHT - MARGIN - PROOF)

    def proof(self, code: segno.QRCode, top: float) -> None:
        """Small and apart, at the other end: nobody must wonder which code to scan."""
        self.put("rect", x=MARGIN, y=top - 36, width=INNER, height=3)
        self.code(code, self.poster.proof_svg, WIDTH - MARGIN - PROOF, top, PROOF)
        beside = MARGIN + self.label(MARGIN, top) + 40
        words = fitted(_("Pour vérifier ce label :"), (44, 38), REGULAR, 900, 60)
        self.write(words, beside, top + 40 - words[0] * 0.56, REGULAR)
        size, [address] = fitted(
            self.poster.proof_words, (44, 38, 32, 26), BOLD, INNER - PROOF - 60, 60
        )
        self.ltr(address, MARGIN, top + 152, size)

    def code(self, code: segno.QRCode, drawn: str, start: float, top: float, side: int) -> None:
        """A QR code, `start` away from the side where reading begins."""
        left = WIDTH - start - side if self.poster.is_rtl else start
        place = f"translate({left} {top}) scale({side / code.symbol_size(border=0)[0]})"
        group = self.put("g", transform=place, stroke="#000")
        group.extend(list(ElementTree.fromstring(drawn)))  # noqa: S314  # ours

    def label(self, start: float, top: float) -> float:
        """Says how wide it is."""
        size, lines = fitted(
            _("Label Cité de l’emploi"), (50, 44, 38), BOLD, WIDTH - MARGIN - start - 48, 60
        )
        wide = width(lines[0], size, BOLD) + 48
        left = WIDTH - start - wide if self.poster.is_rtl else start
        self.put("rect", x=left, y=top, width=wide, height=80, rx=14, fill=SUN)
        self.write((size, lines), start + 24, top + 40 - size * 0.56, BOLD)
        return wide

    def ltr(self, words: str, start: float, baseline: float, size: int) -> None:
        """A telephone, an address: read from left to right in every language."""
        x, anchor = (WIDTH - start, "end") if self.poster.is_rtl else (start, "start")
        self.text(words, x, baseline, size, BOLD, anchor=anchor, direction="ltr")

    def write(self, words: Lines, start: float, top: float, weight: int) -> None:
        """Lines from the side where reading begins, `start` away from it."""
        size, lines = words
        x = WIDTH - start if self.poster.is_rtl else start
        direction = "rtl" if self.poster.is_rtl else "ltr"
        for number, line in enumerate(lines):
            baseline = top + size * (0.92 + number * LEADING)
            self.text(line, x, baseline, size, weight, direction=direction)

    def text(
        self, words: str, x: float, y: float, size: int, weight: int, *,
        anchor: str = "start", direction: str = "ltr",
    ) -> None:  # fmt: skip
        self.put(
            "text", x=x, y=y, direction=direction,
            **{"font-size": size, "font-weight": weight, "text-anchor": anchor},
        ).text = words  # fmt: skip

    def put(self, tag: str, **attributes) -> ElementTree.Element:
        said = {
            name: f"{value:.5g}" if isinstance(value, float) else str(value)
            for name, value in attributes.items()
        }
        return ElementTree.SubElement(self.root, tag, said)


def height(words: Lines) -> float:
    return words[0] * LEADING * len(words[1])


def paragraphs(texts: Sequence[str], sizes: Sequence[int], most: float, high: float) -> Lines:
    """Several texts one under the other, in the largest size in which all fit."""
    found: Lines = (sizes[-1], [])
    for size in sizes:
        # Each text is cut where it would take more than its share.
        share = high if size != sizes[-1] else 2 * size * LEADING
        lines = [
            line
            for text in texts
            if text
            for line in fitted(text, (size,), REGULAR, most, share)[1]
        ]
        found = (size, lines)
        if height(found) <= high:
            break
    return found


def faces(poster: EventPoster) -> str:
    """The typeface itself; its Arabic file only where it is read."""
    named = [("Readex", FILES[False])] + ([("Readex Arabic", FILES[True])] if poster.is_rtl else [])
    return "".join(
        f"@font-face{{font-family:{name};font-weight:160 700;"
        f"src:url(data:font/woff2;base64,{base64.b64encode(Path(finders.find(file)).read_bytes()).decode()})}}"
        for name, file in named
    )
