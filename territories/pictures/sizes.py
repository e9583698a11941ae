"""The sizes and formats in which a picture is shown: `{% photo %}` and the worker agree on them."""

from wagtail.images.models import AbstractImage, Filter

# A column of text is 50rem wide at most; a phone of two dots a pixel asks for 800.
WIDTHS = (400, 800, 1200)
# The only one of the oldest browsers, and what is copied out of the page.
FALLBACK_WIDTH = 800
# tried on photographs full of detail, 800 × 600: AVIF 26–43 kB, WebP 27–54 kB, JPEG 30–60 kB.
QUALITIES = {"avif": 50, "webp": 60, "jpeg": 50}
# In the columns of the look: its gutter is 1rem on each side of a phone.
SIZES = "(min-width: 62rem) 50rem, calc(100vw - 2rem)"


def spec(kind: str, width: int) -> str:
    # The quality is part of the name: another one makes other files.
    return f"format-{kind}|{kind}quality-{QUALITIES[kind]}|width-{width}"


SPECS = (
    *(spec(kind, width) for kind in ("avif", "webp") for width in WIDTHS),
    spec("jpeg", FALLBACK_WIDTH),
)


def widths_of(image: AbstractImage) -> list[int]:
    """A picture is never made larger: 600 wide, it has 400, and its own width as 800."""
    return [width for i, width in enumerate(WIDTHS) if i == 0 or WIDTHS[i - 1] < image.width]


def filters(image: AbstractImage) -> list[Filter]:
    widths = widths_of(image)
    specs = [spec(kind, width) for kind in ("avif", "webp") for width in widths]
    return [Filter(spec=name) for name in (*specs, spec("jpeg", FALLBACK_WIDTH))]
