"""Draw the demo's pictures: flat scenes in an arched window, set in a façade of panes.

The demo ships no photograph. Each picture is drawn from a territory's two colours, the same at
every run for the same name, and never holds a word, so that nothing in it needs translating.

Drawings are laid out on 1200 × 900 units, on a grid of 150-unit panes, then painted three times
too large and reduced, which is what makes their edges smooth.
"""

import random
from collections.abc import Sequence

from PIL import Image

from .canvas import HEIGHT, OVERSAMPLING, WIDTH, Canvas
from .panes import frame, paint_facade
from .scenes import SCENES, draw_quartier


def draw(
    name: str,
    colours: tuple[str, str],
    size: tuple[int, int] = (WIDTH, HEIGHT),
    facade: Sequence[str] = (),
) -> Image.Image:
    """Return the drawing called `name` in two colours (#rrggbb), as an RGB image of `size` pixels.

    `facade` names the territory's own panes ("brick", "wave"…), which then appear around the
    scene. The picture covers `size` and is cropped evenly when its proportions are not 4:3.
    At 1200 × 900 it weighs 40 kB at most, saved as WebP (quality 82).
    Raises KeyError when no drawing has that name.
    """
    scene = SCENES[name]
    width, height = size
    fit = max(width / WIDTH, height / HEIGHT)
    canvas = Canvas(fit * OVERSAMPLING, colours)
    paint_facade(canvas, random.Random(f"{name} {'-'.join(colours)}"), facade)
    if scene is draw_quartier:
        scene(canvas)
    else:
        inside = Canvas(canvas.scale, colours)
        scene(inside)
        frame(canvas, inside)
    full = (max(width, round(WIDTH * fit)), max(height, round(HEIGHT * fit)))
    image = canvas.image.resize(full, Image.Resampling.LANCZOS)
    left, top = (full[0] - width) // 2, (full[1] - height) // 2
    return image.crop((left, top, left + width, top + height))
