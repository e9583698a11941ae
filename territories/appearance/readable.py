"""Whether the two colours of a territory can be read, and the nearest that can when they cannot.

Measured on the colours as they are chosen: white text on the first, which paints walls and buttons;
night text on the second, which paints bright grounds.
"""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .oklch import Oklch, contrast, distance, read, write
from .theme import NIGHT, WHITE

LEAST = 4.5  # WCAG 2.2, level AA, for text
TEXTS = {"first_colour": WHITE, "second_colour": NIGHT}

# Towards black or white, giving up more or less chroma on the way: rays of OKLab, by their slope.
_SLOPES = tuple(math.tan(math.radians(degrees)) for degrees in range(0, 78, 3))
_HALVINGS = 12  # a ray is cut in 4,096: finer than the 256 steps of each channel


def is_readable(colour: str, text: str) -> bool:
    return contrast(colour, text) >= LEAST


def nearest_readable(colour: str, text: str) -> str:
    """The nearest `#rrggbb` on which a text can be read; the colour itself when it already can be.

    Nearest: the smallest distance in OKLab among the colours of the same hue that are not more
    vivid than the one asked for. `text` is white or nearly black.
    """
    if is_readable(colour, text):
        return colour.lower()
    asked = read(colour)
    found = (_first_readable(asked, text, slope) for slope in _SLOPES)
    return min(found, key=lambda candidate: distance(colour, candidate))


def _first_readable(asked: Oklch, text: str, slope: float) -> str:
    """Where the text can be read first, on the ray that gives up `slope` chroma per lightness."""
    end = 0.0 if text == WHITE else 1.0
    far = abs(end - asked.lightness)

    def at(part: float) -> str:
        lightness = asked.lightness + (end - asked.lightness) * part
        return write(lightness, max(0.0, asked.chroma - far * part * slope), asked.hue)

    near, enough = 0.0, 1.0
    for _halving in range(_HALVINGS):
        middle = (near + enough) / 2
        if is_readable(at(middle), text):
            enough = middle
        else:
            near = middle
    return at(enough)


def refusal(colour: str, text: str) -> str:
    """Why a colour is refused and which one is nearest, in the active language."""
    said = {
        # Rounded down: 4.49 must not be said to be 4.5.
        "ratio": number_format(math.floor(contrast(colour, text) * 10) / 10, 1),
        "least": number_format(LEAST, 1),
        "nearest": nearest_readable(colour, text),
    }
    if text == WHITE:
        return (
            _(
                "Sur cette couleur, le blanc se lit mal (%(ratio)s pour %(least)s au moins). "
                "La plus proche qui convient : %(nearest)s."
            )
            % said
        )
    return (
        _(
            "Sur cette couleur, le texte sombre se lit mal (%(ratio)s pour %(least)s au moins). "
            "La plus proche qui convient : %(nearest)s."
        )
        % said
    )
