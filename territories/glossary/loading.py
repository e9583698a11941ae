"""The national entries, kept in one file and loaded after every migration."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from .models import GlossaryEntry
from .words import forget

ENTRIES_FILE = Path(__file__).parent / "data" / "entries.json"


@cache
def entries_file() -> list[dict[str, Any]]:
    """`[{code, term, expansion?, spellings, definition, say_instead?, translations}]`."""
    return json.loads(ENTRIES_FILE.read_text(encoding="utf-8"))


def load_entries() -> tuple[int, int]:
    """Make the entries that lack, fill in languages that are new; returns how many of each.

    All the rest is the national team's to change: an entry that is there is left as it is.
    """
    known = {entry.code: entry for entry in GlossaryEntry.objects.filter(territory=None)}
    made, changed = [], []
    for fact in entries_file():
        entry = known.get(fact["code"])
        if entry is None:
            spellings = "\n".join(fact["spellings"])
            made.append(GlossaryEntry(**{**fact, "spellings": spellings}))
        elif fact["translations"].keys() - entry.translations.keys():
            entry.translations = {**fact["translations"], **entry.translations}
            changed.append(entry)
    GlossaryEntry.objects.bulk_create(made)
    GlossaryEntry.objects.bulk_update(changed, ["translations"])
    if made or changed:
        forget(None)
    return len(made), len(changed)


def load_entries_after_migrate(sender, **kwargs) -> None:
    load_entries()
