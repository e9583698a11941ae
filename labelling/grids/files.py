"""A grid as a file: TOML that people read, change in a text editor and send to each other.

Format 1. At the head `format`, `version`, `name`, `published_on` (a day; absent: a draft),
`introduction`, then `[translations.<language>]` with `name` and `introduction`.
Each `[[criterion]]` has `kind` ("mandatory" or "optional"), `number`, `key` (one word that stays
from version to version), `name`, `question`, `problem`, `help`, `examples` (a list), `evidence`,
and `[criterion.translations.<language>]` with these words in another language.
What is absent is empty.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from labelling.models import CriteriaGrid, Criterion

from .words import CRITERION_WORDS, GRID_WORDS, OTHER_LANGUAGES

FORMAT = 1
HEAD = (
    "# A grid of criteria of the label. Read by `manage.py import_grid`; a version that is known is"
    " never\n# overwritten: a change is a new version.\n"
)
# As the file says what a field of the model holds.
NAMES = {"help_text": "help"}
FACTS = ("kind", "number", "key")

Said = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class CriterionFile:
    kind: str
    number: int
    name: str
    question: str
    key: str = ""
    problem: str = ""
    help_text: str = ""
    examples: str = ""
    evidence: str = ""
    translations: Said = field(default_factory=dict)


@dataclass(frozen=True)
class GridFile:
    version: str
    name: str
    criteria: tuple[CriterionFile, ...]
    published_on: date | None = None
    introduction: str = ""
    translations: Said = field(default_factory=dict)


def file_of(grid: CriteriaGrid) -> GridFile:
    """What a stored grid would be as a file, its criteria in the order of their numbers."""
    return GridFile(
        version=grid.version,
        published_on=grid.published_on,
        criteria=tuple(criterion_file(one) for one in grid.criteria.order_by("kind", "number")),
        translations=_kept(grid.translations, GRID_WORDS),
        **{name: getattr(grid, name) for name in GRID_WORDS},
    )


def criterion_file(criterion: Criterion) -> CriterionFile:
    words = {name: getattr(criterion, name) for name in CRITERION_WORDS}
    return CriterionFile(
        **{name: getattr(criterion, name) for name in FACTS},
        **{**words, "examples": "\n".join(criterion.example_list)},
        translations=_kept(criterion.translations, CRITERION_WORDS),
    )


def _kept(translations: Said, names: tuple[str, ...]) -> Said:
    """Of the languages of the site, what is not empty."""
    said = {
        code: {name: translations[code][name] for name in names if translations[code].get(name)}
        for code in OTHER_LANGUAGES
        if code in translations
    }
    return {code: words for code, words in said.items() if words}


def in_order(file: GridFile) -> GridFile:
    """As `file_of` would give it back: two files say the same when these are equal."""
    criteria = sorted(file.criteria, key=lambda one: (one.kind, one.number))
    return replace(file, criteria=tuple(criteria))


def write_grid(file: GridFile) -> str:
    return HEAD + "\n".join(_lines(file)) + "\n"


def _lines(file: GridFile) -> Iterator[str]:
    yield f"format = {FORMAT}"
    yield f"version = {_quoted(file.version)}"
    yield f"name = {_quoted(file.name)}"
    if file.published_on:
        yield f"published_on = {file.published_on.isoformat()}"
    if file.introduction:
        yield f"introduction = {_quoted(file.introduction)}"
    for code, words in file.translations.items():
        yield from ("", f"[translations.{code}]", *_words(words, GRID_WORDS))
    for one in file.criteria:
        yield from ("", "[[criterion]]", f"kind = {_quoted(one.kind)}", f"number = {one.number}")
        if one.key:
            yield f"key = {_quoted(one.key)}"
        yield from _words({name: getattr(one, name) for name in CRITERION_WORDS}, CRITERION_WORDS)
        for code, words in one.translations.items():
            yield from (f"[criterion.translations.{code}]", *_words(words, CRITERION_WORDS))


def _words(words: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if said := words.get(name):
            value: Any = said.splitlines() if name == "examples" else said
            yield f"{NAMES.get(name, name)} = {_quoted(value)}"


def _quoted(value: str | list[str]) -> str:
    """A string of JSON is one of TOML, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse_toml(content: bytes) -> dict[str, Any]:
    """Raises ValueError, in English, where it is no TOML in UTF-8."""
    return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
