"""Colours written `#rrggbb` in OKLCH (https://bottosson.github.io/posts/oklab/), and contrast.

In OKLab equal distances look about equally different; OKLCH says the same as lightness (0 to 1),
chroma (0 is grey) and hue.
"""

import math
import re
from typing import NamedTuple

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Oklch(NamedTuple):
    lightness: float
    chroma: float
    hue: float  # radians


def is_colour(text: str) -> bool:
    """True for the only notation that is accepted and stored: `#rrggbb`."""
    return bool(_HEX.fullmatch(text))


def _channels(colour: str) -> tuple[float, float, float]:
    if not is_colour(colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour!r}")
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read(colour: str) -> Oklch:
    """Raises ValueError for anything that is not `#rrggbb`."""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def write(lightness: float, chroma: float, hue: float) -> str:
    """`#rrggbb`; chroma is lowered until the colour fits in sRGB, hue and lightness stay."""
    while True:
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        channels = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        if chroma <= 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            kept = (min(1.0, max(0.0, channel)) for channel in channels)
            return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in kept)
        chroma = max(0.0, chroma - 0.004)


def distance(one: str, other: str) -> float:
    """How different two colours look: from 0, the same, to 1, black and white."""
    first, second = read(one), read(other)
    return math.dist(
        (first.lightness, *_plane(first)),
        (second.lightness, *_plane(second)),
    )


def _plane(colour: Oklch) -> tuple[float, float]:
    return colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
