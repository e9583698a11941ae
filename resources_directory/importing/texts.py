"""Cells and JSON values as words, before anybody asks what they mean."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from resources_directory.data_inclusion.rows import uri
from territories.importing.texts import clean, cleaned_words, has_markup, web_address

from . import bounds

SEPARATORS = re.compile(r"[,;\n|]+")
SCHEMELESS = re.compile(r"www\.[^\s@]+\.[^\s@]+", re.IGNORECASE)


class BadValue(ValueError):
    """One value is not taken; `str()` is the French sentence that says why."""


def is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def text_of(value: Any) -> str:
    """Words alone, lines kept. The same again gives the same, so that what leaves comes back."""
    if isinstance(value, bool | dict | list):
        return ""
    text = clean(value if isinstance(value, str) else number_words(value))
    # Markup may hide in entities of markup; each turn takes one layer away.
    for _turn in range(8):
        if not has_markup(text):
            return text
        text = clean(unescape(cleaned_words(text)))
    return text.replace("<", "")


def number_words(value: Any) -> str:
    """`59350.0` is how a spreadsheet says 59350."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def line_of(value: Any) -> str:
    return " ".join(text_of(value).split())


def parts_of(value: Any) -> list[str]:
    """A list, or a cell that holds one between commas."""
    if isinstance(value, list | tuple):
        found = [line_of(one) for one in value[: bounds.ZONES]]
    elif is_empty(value) or isinstance(value, dict | bool):
        return []
    else:
        text = value if isinstance(value, str) else number_words(value)
        found = [line_of(part) for part in SEPARATORS.split(text.strip("[]"))[: bounds.ZONES]]
        found = [part.strip("\"' ") for part in found]
    return list(dict.fromkeys(part for part in found if part))


def web_of(value: Any) -> str:
    """An address that a link may lead to; "" for any other."""
    text = line_of(value)
    if SCHEMELESS.fullmatch(text):
        text = f"https://{text}"
    try:
        return web_address(uri(text)) if web_address(text) else ""
    except ValueError:
        return ""
