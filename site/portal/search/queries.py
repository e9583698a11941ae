"""What somebody asked the search for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils import timezone

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.registry import contributions

from .documents import SearchDocumentQuerySet
from .models import SearchDocument
from .vocabulary.in_force import synonyms_of
from .wording.folding import LONGEST_QUERY, clean
from .wording.question import Wording, wording

if TYPE_CHECKING:
    from territories.models import Territory


def known_kinds() -> dict[str, str]:
    """Label of each kind that a plugin has made searchable, whoever has switched what."""
    return {searchable.kind: searchable.label for _, searchable in contributions("SEARCHABLES")}


@dataclass(frozen=True)
class Asked:
    """A question and what narrows it. No words: everything that may be found is asked for."""

    text: str = ""
    territory: Territory | None = None
    language: str = SOURCE_LANGUAGE
    kinds: tuple[str, ...] = ()
    theme: str = ""
    with_past: bool = False
    # Asked while it is typed: whatever its last word becomes may be meant.
    is_unfinished: bool = False
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def shown_text(self) -> str:
        return clean(self.text, LONGEST_QUERY)

    @cached_property
    def wording(self) -> Wording:
        found = wording(self.text, self.language, synonyms_of(self.territory))
        return replace(found, is_unfinished=True) if self.is_unfinished else found

    def documents(self) -> SearchDocumentQuerySet:
        """Where to look: all that this visitor may find, whatever its kind and its words."""
        found = SearchDocument.objects.findable(self.territory, self.now).in_language(
            self.language, self.now
        )
        if not self.with_past:
            found = found.not_past(self.now)
        return found.about(self.theme) if self.theme else found
