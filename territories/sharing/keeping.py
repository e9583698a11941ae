"""Pictures that were drawn, kept on disk: drawn once, forgotten when nobody asks for them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from .picture import WIDE, Layout, draw_picture
from .poster import Poster

FORGOTTEN_AFTER = timedelta(days=30)
MOST_KEPT = 20_000  # about 700 MB


def picture_of(poster: Poster, layout: Layout = WIDE) -> bytes:
    """From the disk, or drawn now (a quarter of a second)."""
    return kept(f"{poster.fingerprint}-{layout.name}.png", lambda: draw_picture(poster, layout))


def kept(name: str, draw: Callable[[], bytes]) -> bytes:
    """What was drawn under this name, or is drawn now. The name changes with what is drawn."""
    path = folder() / name
    try:
        found = path.read_bytes()
        os.utime(path)  # somebody still asks for it
        return found
    except FileNotFoundError:
        drawn = draw()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another process may read it meanwhile: it appears whole.
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(drawn)
    Path(part.name).replace(path)
    return drawn


def forget_old_pictures() -> int:
    """Delete what nobody asked for during a month, and the oldest beyond `MOST_KEPT`."""
    limit = time.time() - FORGOTTEN_AFTER.total_seconds()
    if not folder().is_dir():
        return 0
    found = sorted((entry.stat().st_mtime, entry.path) for entry in os.scandir(folder()))
    beyond = len(found) - MOST_KEPT
    old = [path for at, (asked, path) in enumerate(found) if asked < limit or at < beyond]
    for path in old:
        Path(path).unlink(missing_ok=True)
    return len(old)


def folder() -> Path:
    return Path(settings.PICTURES_ROOT)
