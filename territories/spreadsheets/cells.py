"""What may stand in a cell: spreadsheets take some texts for formulas, and run them."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# What spreadsheets begin a formula with, in their full-width forms too (OWASP, CSV injection).
COMMANDS = "=+-@\t\r\n＝＋－＠"
GUARD = "'"
# Guarded already in what somebody wrote: once more, so that one guard can be taken off again.
NEEDS_GUARD = re.compile(f"{GUARD}* *[{re.escape(COMMANDS)}]")
HAS_GUARD = re.compile(f"{GUARD}+ *[{re.escape(COMMANDS)}]")


def commands(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.lstrip(" ").startswith(tuple(COMMANDS))


def harmless(cell: object) -> str:
    """The text of a cell, behind an apostrophe where a spreadsheet would take it for a formula.

    A number commands nothing: a longitude west of Greenwich keeps its sign."""
    text = str(cell)
    if isinstance(cell, int | float):
        return text
    return f"{GUARD}{text}" if NEEDS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """What was given to `harmless`: importers read back what exports wrote."""
    return text[len(GUARD) :] if HAS_GUARD.match(text) else text


def flat(value: Any) -> str | int | float | bool:
    """One cell for a value that JSON could hold: a list between commas, what is deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder) if value else ""
    return str(value)
