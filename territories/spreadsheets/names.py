"""What a cell says where it names a column, and how columns are named to whoever reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import ngettext

from territories.importing.texts import alike, one_line

from . import bounds


def name_of(cell: Any) -> str:
    """« Code postal * » → `code_postal`."""
    return re.sub(r"[^a-z0-9]+", "_", alike(one_line(cell)[:200])).strip("_")


def shown(cell: Any) -> str:
    text = one_line(cell)
    return f"{text[:39]}…" if len(text) > 40 else text


def listed(names: Iterable[str]) -> str:
    found = list(names)
    more = len(found) - bounds.NAMED
    said = ", ".join(f"« {name} »" for name in found[: bounds.NAMED])
    if more > 0:
        said += " " + ngettext("et %(n)s autre", "et %(n)s autres", more) % {"n": more}
    return said


def is_said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""
