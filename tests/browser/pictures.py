"""Pictures of a page cut into its parts, compared with those that were accepted."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

# Another version of Chromium smooths the edge of a letter otherwise, and may round a line up.
FAINT = 40
SHARE = 0.005
ROUNDED = 2


@dataclass(frozen=True)
class Difference:
    name: str
    words: str

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


# Whatever is above a part may grow by half a pixel: the edges of its letters must not change.
ON_WHOLE_PIXELS = """parts => parts.forEach(part => {
    if (getComputedStyle(part).position !== 'static') return;
    const top = part.getBoundingClientRect().top + scrollY;
    part.style.position = 'relative';
    part.style.top = `${Math.round(top) - top}px`;
})"""


def parts_of(page: Page, selector: str, hidden: str) -> dict[str, Image.Image]:
    """The parts of a page by name, at half their size; what `hidden` selects is covered."""
    page.eval_on_selector_all(selector, ON_WHOLE_PIXELS)
    shot = page.screenshot(
        full_page=True, animations="disabled", mask=[page.locator(hidden)], mask_color="#808080"
    )
    whole = Image.open(io.BytesIO(shot)).convert("RGB")
    boxes = page.eval_on_selector_all(
        selector,
        """parts => parts.map(part => {
            const { left, top, right, bottom } = part.getBoundingClientRect();
            const name = part.dataset.specimen || part.id || part.className;
            return [name, left + scrollX, top + scrollY, right + scrollX, bottom + scrollY];
        })""",
    )
    return {
        name: half(whole.crop(tuple(map(round, box)))) for name, *box in boxes if box[3] > box[1]
    }


def half(picture: Image.Image) -> Image.Image:
    size = (max(1, picture.width // 2), max(1, picture.height // 2))
    return picture.resize(size, Image.Resampling.BOX)


def accept(parts: Mapping[str, Image.Image], folder: Path) -> None:
    """Keep these pictures as the references of a folder, and no other."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in set(references(folder)) - set(parts):
        (folder / f"{stale}.webp").unlink()
    for name, picture in parts.items():
        known = references(folder).get(name)
        if known is None or differing(Image.open(known).convert("RGB"), picture):
            picture.save(folder / f"{name}.webp", "WEBP", quality=45, method=6)


def compare(parts: Mapping[str, Image.Image], folder: Path, told_in: Path) -> list[Difference]:
    """What is not as accepted; each difference is drawn in `told_in`: before, now, where."""
    known, found = references(folder), []
    for name in sorted(parts.keys() | known.keys()):
        if name not in known:
            found.append(Difference(name, "no reference picture"))
        elif name not in parts:
            found.append(Difference(name, "no longer on the page"))
        else:
            before = Image.open(known[name]).convert("RGB")
            if words := differing(before, parts[name]):
                told_in.mkdir(parents=True, exist_ok=True)
                draw(before, parts[name]).save(told_in / f"{folder.name}-{name}.png")
                found.append(Difference(name, words))
    return found


def references(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.glob("*.webp")}


def differing(before: Image.Image, now: Image.Image) -> str:
    """In words, when more than `SHARE` of the picture differs; else nothing."""
    wider, taller = (abs(a - b) for a, b in zip(before.size, now.size, strict=True))
    if max(wider, taller) > ROUNDED:
        return f"was {before.size[0]} × {before.size[1]}, is {now.size[0]} × {now.size[1]}"
    marks = changed(before, now)
    share = marks.histogram()[255] / (marks.width * marks.height)
    return f"{share:.1%} differs" if share > SHARE else ""


def changed(before: Image.Image, now: Image.Image) -> Image.Image:
    """White where the two differ, on the ground they share."""
    size = (min(before.width, now.width), min(before.height, now.height))
    pair = (picture.crop((0, 0, *size)) for picture in (before, now))
    return ImageChops.difference(*pair).convert("L").point(lambda value: 255 * (value > FAINT))


def draw(before: Image.Image, now: Image.Image) -> Image.Image:
    three = (before, now, changed(before, now).convert("RGB"))
    height = max(picture.height for picture in three)
    sheet = Image.new("RGB", (sum(picture.width + 8 for picture in three), height), "#ff00ff")
    at = 0
    for picture in three:
        sheet.paste(picture, (at, 0))
        at += picture.width + 8
    return sheet
