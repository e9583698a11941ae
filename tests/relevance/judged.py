"""The queries of queries.toml, each with what somebody who asks it would be glad to find."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KINDS = (
    "literal",
    "inflected",
    "accentless",
    "mistyped",
    "resident",
    "acronym",
    "question",
    "place",
    "ambiguous",
    "nothing",
)
PORTAL = "portal"


@dataclass(frozen=True)
class Judged:
    """`where`: a territory's slug, or `portal`. `grades`: by the name of a record, which is its
    territory and its address in French: "grand-mirail/agenda/oser-parler-de-soi"."""

    text: str
    kind: str
    where: str
    grades: Mapping[str, int]
    language: str = "fr"

    def __str__(self) -> str:
        return f"« {self.text} » ({self.kind}, {self.where}, {self.language})"


def queries() -> list[Judged]:
    with (Path(__file__).parent / "queries.toml").open("rb") as file:
        return [judged(table) for table in tomllib.load(file)["query"]]


def judged(table: dict) -> Judged:
    """`answers` are below `where`; on the portal, each says its territory."""
    where = table["where"]
    below = "" if where == PORTAL else f"{where}/"
    grades = {
        f"{below}{name}": int(grade)
        for grade, names in table.get("answers", {}).items()
        for name in names
    }
    return Judged(table["text"], table["kind"], where, grades, table.get("language", "fr"))
