"""Hours and lists as each language writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext


def in_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def hour_words(hour: time) -> str:
    """« 9 h 30 », « 14 h »; as the language writes it elsewhere."""
    if not in_french():
        return date_format(hour, "TIME_FORMAT")
    return f"{hour.hour} h {hour.minute:02}" if hour.minute else f"{hour.hour} h"


def sentence(words: str) -> str:
    """With a capital, to stand by itself."""
    return words[:1].upper() + words[1:]


def listed(words: Iterable[str]) -> str:
    """« un, deux, trois », with the comma of the language."""
    # Translators: what stands between the items of a list.
    return pgettext("liste", ", ").join(words)
