"""What one has without any work: SQLite's full-text search as it comes, and modelsearch's."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.search.queries import Asked

LIMIT = 10


class PlainFts5:
    """Title and text in an FTS5 table with the default tokenizer; every word, ranked by bm25."""

    name = "plain FTS5"

    def __init__(self, documents: Collection) -> None:
        self.table = sqlite3.connect(":memory:")
        self.table.execute("CREATE VIRTUAL TABLE said USING fts5(title, body, tokenize=unicode61)")
        self.table.executemany(
            "INSERT INTO said (rowid, title, body) VALUES (?, ?, ?)",
            [(one.pk, one.title, f"{one.summary}\n{one.body}") for one in documents],
        )

    def search(self, asked: Asked, among: Mapping[int, int]) -> list[int]:
        words = re.findall(r"\w+", asked.text)
        if not words:
            return []
        hits = self.table.execute(
            "SELECT rowid FROM said WHERE said MATCH ? ORDER BY bm25(said), rowid",
            [" AND ".join(f'"{word}"' for word in words)],
        )
        return [pk for (pk,) in hits if pk in among][:LIMIT]


class Modelsearch:
    """The default database back end, on pages, as a Wagtail site does without any setting."""

    name = "modelsearch"

    def search(self, asked: Asked, among: Mapping[int, int]) -> list[int]:
        """`among`: the document of each page, by its primary key, turned over."""
        from wagtail.models import Page

        documents = {page: document for document, page in among.items()}
        try:
            found = Page.objects.filter(pk__in=list(documents)).search(asked.text)[:LIMIT]
            return [documents[page.pk] for page in found]
        except Exception as error:
            # SQLite refuses some of what people type.
            print(f"\r{self.name}: « {asked.text} »: {type(error).__name__}", flush=True)
            return []
