"""From the two colours of a territory to a set of colours that everybody can read.

The form refuses colours that nobody could read (`readable.py`). Of those it takes, and of any
other, only the hue and part of the chroma are kept; lightness is imposed role by role in OKLCH, so
that contrast holds by construction. `contrast_failures` measures it again.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .oklch import contrast, read, write

NATIONAL = ("#27233F", "#F5C84B")
SUN = "#ffc53d"  # "lit window": the same everywhere, never chosen by a territory
NIGHT = "#1c1826"  # text laid on sun and on bright, in light and in dark
WHITE = "#ffffff"

# Enough to draw a façade, a door or a dot in the colours of another territory.
PICTURE_TOKENS = ("deep", "deep-2", "bright", "pale")

STATUS: dict[str, dict[str, str]] = {
    "light": {
        "ok": "#11603a",
        "ok-soft": "#e0f3e6",
        "warn": "#7a4300",
        "warn-soft": "#ffeccc",
        "danger": "#ad1020",
        "danger-soft": "#fde7e7",
    },
    "dark": {
        "ok": "#8fe0af",
        "ok-soft": "#173a28",
        "warn": "#ffd08a",
        "warn-soft": "#45300f",
        "danger": "#ffb3b3",
        "danger-soft": "#4d1b21",
    },
}

_GROUNDS = ("page", "surface", "tint", "tint-2", "bright-soft")

# Text colour, ground, smallest ratio (WCAG 2.2: 4.5 AA text, 7 AAA text, 3 controls).
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("ink", ground, 7) for ground in _GROUNDS),
    *(("ink-soft", ground, 4.5) for ground in _GROUNDS),
    *(("link", ground, 4.5) for ground in _GROUNDS),
    ("on-action", "action", 7),
    ("on-action", "action-2", 7),
    (WHITE, "deep", 7),
    (WHITE, "deep-2", 7),
    ("pale", "deep", 4.5),
    ("pale", "deep-2", 4.5),
    ("bright", "deep", 4.5),
    (SUN, "deep", 4.5),
    (NIGHT, "bright", 7),
    (NIGHT, SUN, 7),
    ("edge", "page", 3),
    ("edge", "surface", 3),
    ("edge", "tint", 3),
    ("action", "page", 3),
    ("action", "tint-2", 3),
)

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

Tokens = dict[str, str]


@dataclass(frozen=True)
class Theme:
    """The colours of a territory; token names are CSS custom properties without `--`."""

    light: Tokens
    dark: Tokens


def derive(first: str, second: str) -> Theme:
    """The light and dark tokens made from two colours written `#rrggbb`.

    `first` gives walls, buttons, links and the hue of the grounds; `second` gives the
    bright colour. Raises ValueError for anything that is not `#rrggbb`.
    """
    one, two = read(first), read(second)
    tone = min(1.0, one.chroma / 0.08)  # a grey territory keeps grey grounds

    def ground(lightness: float, chroma: float) -> str:
        return write(lightness, chroma * tone, one.hue)

    def main(lightness: float, most: float, least: float = 0.0) -> str:
        return write(lightness, min(max(one.chroma, least), most), one.hue)

    def bright(lightness: float, most: float, least: float = 0.0) -> str:
        return write(lightness, min(max(two.chroma, least), most), two.hue)

    # Below .10 the second wall would be as black as the first: keep a step between them.
    wall = min(max(one.lightness, 0.18), 0.385)
    light = {
        "page": ground(0.988, 0.005),
        "surface": WHITE,
        "tint": ground(0.958, 0.020),
        "tint-2": ground(0.915, 0.042),
        "line": ground(0.86, 0.022),
        "edge": ground(0.55, 0.035),
        "ink": ground(0.225, 0.035),
        "ink-soft": ground(0.43, 0.035),
        "deep": main(wall, 0.16),
        "deep-2": main(wall - 0.08, 0.13),
        "bright": bright(max(two.lightness, 0.81), 0.14, 0.06),
        "bright-soft": bright(0.935, 0.05),
        "pale": main(0.90, 0.045),
    }
    light |= {
        "action": light["deep"],
        "action-2": light["deep-2"],
        "on-action": WHITE,
        "link": light["deep"],
    }
    dark = {
        "page": ground(0.185, 0.022),
        "surface": ground(0.235, 0.026),
        "tint": ground(0.27, 0.034),
        "tint-2": ground(0.345, 0.052),
        "line": ground(0.40, 0.035),
        "edge": ground(0.66, 0.035),
        "ink": ground(0.962, 0.008),
        "ink-soft": ground(0.83, 0.022),
        "deep": main(0.325, 0.11),
        "deep-2": main(0.27, 0.09),
        "bright": bright(0.81, 0.13, 0.06),
        "bright-soft": bright(0.33, 0.06),
        "pale": main(0.90, 0.045),
        "action": main(0.84, 0.10, 0.03),
        "action-2": main(0.91, 0.06, 0.03),
        "on-action": NIGHT,
        "link": main(0.86, 0.085, 0.03),
    }
    return Theme(light=light, dark=dark)


def contrast_failures(theme: Theme) -> list[str]:
    """One line for each pair of colours under its threshold; empty when all can be read."""
    failures = []
    for mode, tokens in (("light", theme.light), ("dark", theme.dark)):
        status = STATUS[mode]
        pairs = list(PAIRS)
        for name in ("ok", "warn", "danger"):
            pairs += [(status[name], ground, 4.5) for ground in ("page", "surface")]
            pairs += [(status[name], status[f"{name}-soft"], 4.5)]
        for text, ground, needed in pairs:
            found = contrast(tokens.get(text, text), tokens.get(ground, ground))
            if found < needed:
                failures.append(f"{mode}: {text} on {ground} is {found:.2f}, below {needed}")
    return failures


def adapted(first: str) -> bool:
    """True when the main colour had to be darkened, so that white text can be read on it."""
    return read(first).lightness > 0.385 + 0.005


def second_adapted(second: str) -> bool:
    """True when the second colour had to be lightened, so that dark text can be read on it."""
    return read(second).lightness < 0.81 - 0.005


def adaptation_sentences(first: str, second: str) -> list[str]:
    """What to tell the coordinator about the colours obtained, in the active language."""
    sentences = []
    if adapted(first):
        sentences.append(
            _("Nous avons foncé votre %(colour)s pour que tout le monde puisse lire.")
            % {"colour": hue_name(first)}
        )
    if second_adapted(second):
        sentences.append(
            _("Nous avons éclairci votre %(colour)s pour que tout le monde puisse lire.")
            % {"colour": hue_name(second)}
        )
    return sentences


def hue_name(colour: str) -> str:
    """The everyday name of a colour, to speak of it in a sentence."""
    seen = read(colour)
    if seen.chroma < 0.03:
        if seen.lightness < 0.25:
            return pgettext("colour", "noir")
        return pgettext("colour", "blanc") if seen.lightness > 0.97 else pgettext("colour", "gris")
    degrees = math.degrees(seen.hue) % 360
    if 33 <= degrees < 75 and seen.lightness < 0.6:
        return pgettext("colour", "marron")
    for end, name in (
        (15, pgettext("colour", "rose")),
        (33, pgettext("colour", "rouge")),
        (75, pgettext("colour", "orange")),
        (115, pgettext("colour", "jaune")),
        (165, pgettext("colour", "vert")),
        (205, pgettext("colour", "turquoise")),
        (278, pgettext("colour", "bleu")),
        (325, pgettext("colour", "violet")),
    ):
        if degrees < end:
            return name
    return pgettext("colour", "rose")


def stylesheet(slug: str, first: str, second: str, *, only: Iterable[str] | None = None) -> str:
    """The style sheet of one territory, in the layer `theme` (`portal/css/tokens.css`).

    `only` keeps some tokens: `PICTURE_TOKENS` is what a page needs to show the façade,
    the door or the dot of a territory other than its own.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"Not a slug: {slug!r}")
    theme = derive(first, second)
    kept = set(theme.light if only is None else only)
    selector = f'[data-territory="{slug}"]'
    light = _declarations(theme.light, kept)
    dark = _declarations(theme.dark, kept)
    # On paper a theme is always light, whatever the screen of the person who prints.
    return (
        f"@layer theme{{{selector}{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{{selector}{{{dark}}}}}}}\n"
    )


def _declarations(tokens: Mapping[str, str], kept: set[str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in tokens.items() if name in kept)
