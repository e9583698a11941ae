"""What somebody asked the search for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists
from django.utils import timezone

from territories.pages.base import SOURCE_LANGUAGE
from territories.plugins.registry import contributions
from territories.territory import zone_of

from .documents import Around, SearchDocumentQuerySet
from .faceting import PERIOD, answering
from .models import SearchDocument
from .vocabulary.in_force import synonyms_of
from .wording.folding import LONGEST_QUERY, clean
from .wording.places import places_of, whole_of
from .wording.question import Wording, wording
from .wording.when import period_alone

if TYPE_CHECKING:
    from territories.models import Territory


def known_kinds() -> dict[str, str]:
    """Label of each kind that a plugin has made searchable, whoever has switched what."""
    return {searchable.kind: searchable.label for _, searchable in contributions("SEARCHABLES")}


class Shown(NamedTuple):
    """What orders and names a document that was found (see `SearchDocumentQuerySet.with_order`)."""

    title: str
    kind: str
    language: str
    path: str
    past: int
    favour: float
    themes: list[str]
    territory_id: int | None


@dataclass(frozen=True)
class Asked:
    """A question and what narrows it. No words: everything that may be found is asked for.

    `chosen`: the values chosen in facets (`faceting.FACETS`); one of them is enough in each.
    `is_unfinished`: asked while it is typed, whatever its last word becomes may be meant.
    `is_counted`: what each answer to a facet would find is wanted too. `published_since`: only what
    was first published from then on; `is_strict`: nothing that answers a part of it alone. The
    engines of the database alone know these two. `period`: asked for in words, and in nothing else.
    """

    text: str = ""
    territory: Territory | None = None
    language: str = SOURCE_LANGUAGE
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    around: Around | None = None
    with_past: bool = False
    is_unfinished: bool = False
    is_counted: bool = True
    published_since: datetime | None = None
    is_strict: bool = False
    period: str = ""
    now: datetime = field(default_factory=timezone.now)

    def understood(self) -> Asked:
        """« Que faire ce week-end » asks for all that takes place then, whatever its words."""
        period = period_alone(self.text)
        if not period:
            return self
        return replace(self, period=period, chosen={PERIOD: [period], **self.chosen})

    @property
    def says(self) -> bool:
        """Whether its words ask for anything."""
        return bool(self.period or self.wording)

    @cached_property
    def shown_text(self) -> str:
        return clean(self.text, LONGEST_QUERY)

    @cached_property
    def wording(self) -> Wording:
        if self.period:
            return Wording()
        synonyms, places = synonyms_of(self.territory), places_of(self.territory)
        whole = whole_of(self.territory, places)
        found = wording(self.text, self.language, synonyms, places, whole)
        return replace(found, is_unfinished=True) if self.is_unfinished else found

    @property
    def today(self) -> date:
        """Where it is asked."""
        return self.now.astimezone(zone_of(self.territory)).date()

    def documents(self) -> SearchDocumentQuerySet:
        """Where to look: all that this visitor may find, whatever its words and its facets."""
        return self._documents.all()

    @cached_property
    def _documents(self) -> SearchDocumentQuerySet:
        found = SearchDocument.objects.findable(self.territory, self.now)
        found = found.in_language(self.language, self.now).around(self.around)
        if self.published_since:
            found = found.filter(page__first_published_at__gte=self.published_since)
        return found if self.with_past else found.not_past(self.now)

    def shown(self, ids: Iterable[int]) -> dict[int, Shown]:
        """Those of these documents that this visitor may find, in the same order. An engine outside
        may still hold what was withdrawn a moment ago: the rows say what is shown. Each is read
        once."""
        unread = [pk for pk in ids if pk not in self._read]
        if unread:
            rows = self.documents().filter(pk__in=unread).with_order(self.now, self.around)
            self._read.update(dict.fromkeys(unread))
            for pk, *about in rows.order_by().values_list("pk", *Shown._fields):
                self._read[pk] = Shown(*about)
        return {pk: row for pk in ids if (row := self._read[pk])}

    @cached_property
    def _read(self) -> dict[int, Shown | None]:
        return {}

    @cached_property
    def conditions(self) -> dict[str, Exists]:
        """Of each facet in which something is chosen, whether a row answers it."""
        return {name: answering(name, values, self.today) for name, values in self.chosen.items()}
