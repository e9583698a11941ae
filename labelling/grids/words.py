"""What a grid and its criteria say, in one language: whole, or in French."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings

SOURCE = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]
OTHER_LANGUAGES = dict(settings.WAGTAIL_CONTENT_LANGUAGES[1:])
GRID_WORDS = ("name", "introduction")
CRITERION_WORDS = ("name", "question", "problem", "help_text", "examples", "evidence")


@dataclass(frozen=True)
class GridWords:
    language: str
    name: str
    introduction: str


@dataclass(frozen=True)
class CriterionWords:
    language: str
    name: str
    question: str
    problem: str
    help_text: str
    examples: str
    evidence: str

    @property
    def example_list(self) -> list[str]:
        return [line.strip() for line in self.examples.splitlines() if line.strip()]


Words = TypeVar("Words", GridWords, CriterionWords)


def say(kind: type[Words], stored: Any, language: str) -> Words:
    """In that language once all that French says is said in it: half a criterion helps nobody.

    `stored`: a grid or a criterion, whose French is its fields and the rest its `translations`.
    """
    names = GRID_WORDS if kind is GridWords else CRITERION_WORDS
    french = {name: getattr(stored, name) for name in names}
    said = stored.translations.get(language) or {}
    if lacks(french, said):
        return kind(language=SOURCE, **french)
    return kind(language=language, **{name: said.get(name, "") for name in names})


def lacks(french: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    """The names of what French says and the other language does not yet."""
    return [name for name, words in french.items() if words and not said.get(name)]
