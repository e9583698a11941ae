"""A list of sheets as a visitor has narrowed it: by its questions, by the facets that other plugins
put on it, and near a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from resources_directory.near import Near
from territories.pages.listing import ShownFacet
from territories.pages.selection import Selection
from territories.pages.translations import said_in
from territories.plugins.contributions import Choice, Facet, Mark
from territories.plugins.marks import marks_of
from territories.vocabulary.families import families

from .facts import Facts
from .questions import Question

NEAR = ("pres", "rayon")


@dataclass(frozen=True)
class Filter:
    """One of the ways in which the list is narrowed. `passes`: of each sheet, in order. `names`:
    the parameters that go away with it."""

    names: tuple[str, ...]
    passes: Sequence[bool]


class Narrowed(Selection):
    """`queryset`: the findable records that `facts` tell of, in the order of `facts.order` where
    no place was named."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        *,
        facts: Facts,
        questions: Sequence[Question],
        near: Near,
        dress: Callable[[QuerySet], QuerySet],
        per_page: int = 20,
        is_passing: bool = False,
    ) -> None:
        super().__init__(
            request, queryset, dress=dress, ordering=(), per_page=per_page, is_passing=is_passing
        )
        self.facts = facts
        self.questions = questions
        self.near = near

    @cached_property
    def distances(self) -> Sequence[float | None]:
        """Of each sheet from the place that was named."""
        return self.facts.distances(self.near.place.point) if self.near.place else []

    @cached_property
    def order(self) -> list[int]:
        """The rows of the columns: the marked first, the nearest, then as the facts have it."""
        order = self.facts.order
        if self.near:
            far = float("inf")
            distances = [far if one is None else one for one in self.distances]
            order = sorted(order, key=distances.__getitem__)
        for _mark, marked in reversed(self.marked):
            others = [key not in marked for key in self.facts.keys]
            order = sorted(order, key=others.__getitem__)
        return order

    @cached_property
    def marked(self) -> list[tuple[Mark, set[int]]]:
        """The keys of the sheets that bear each mark, in one query a mark."""
        return [
            (mark, set(self.base.filter(mark.first("pk")).values_list("pk", flat=True)))
            for mark in marks_of(self.model, self.territory)
            if mark.first is not None
        ]

    def marked_by(self, facet: Facet) -> set[int] | None:
        """The sheets that the facet of a mark leaves, where that is known without asking."""
        for mark, keys in self.marked:
            if facet.only and mark.facet is not None and mark.facet.name == facet.name:
                return keys
        return None

    def in_order(self, passes: Sequence[bool]) -> list[int]:
        """The keys of those that pass, as they are listed."""
        keys = self.facts.keys
        return [keys[at] for at in self.order if passes[at]]

    @cached_property
    def pool(self) -> list[int]:
        return [self.facts.keys[at] for at in self.order]

    @cached_property
    def keys(self) -> list[int]:
        return self.in_order(self._left) if self.filters else self.pool

    def read(self, keys: Sequence[int]) -> list[Page]:
        items, known = super().read(keys), families()
        for item in items:
            # Looked up together: the families come out of the cache once.
            item.need = known.get(item.need_code or "")
        return items

    def asked_of(self, question: Question) -> list[str]:
        """The answers that were asked for, without those that nobody knows."""
        words = question.words(self.facts)
        return [value for value in self.values(question.name) if value in words]

    @cached_property
    def filters(self) -> dict[str, Filter]:
        """What narrows the list, by the name of its first parameter."""
        found = {}
        if self.near:
            most = self.near.kilometres
            passes = [one is not None and one <= most for one in self.distances]
            found[NEAR[0]] = Filter(NEAR, passes)
        for question in self.questions:
            if asked := self.asked_of(question):
                column = question.answers(self.facts)
                admits = question.admits(asked)
                known = {answers: admits(answers) for answers in set(column)}
                passes = list(map(known.__getitem__, column))
                found[question.name] = Filter((question.name,), passes)
        for facet in self.asked:
            keys = self.marked_by(facet)
            if keys is None:
                left = facet.narrow(self.among(self.facts.keys), self.values(facet.name))
                keys = set(left.values_list("pk", flat=True))
            elif facet.only and facet.only[0] not in self.values(facet.name):
                continue
            passes = [key in keys for key in self.facts.keys]
            found[facet.name] = Filter((facet.name,), passes)
        return found

    @cached_property
    def _left(self) -> list[bool]:
        """Which sheets all the filters leave."""
        if not self.filters:
            return [True] * len(self.facts.keys)
        return list(map(all, zip(*(one.passes for one in self.filters.values()), strict=True)))

    def left(self, *, but: str = "") -> Sequence[bool]:
        """As `_left`, one of the filters put aside."""
        if but not in self.filters:
            return self._left
        others = [one.passes for name, one in self.filters.items() if name != but]
        if not others:
            return [True] * len(self.facts.keys)
        return list(map(all, zip(*others, strict=True)))

    def choices_of(self, facet: Facet) -> Iterable[tuple[str, str, int]]:
        keys = self.marked_by(facet)
        if keys is None or facet.only is None:
            return super().choices_of(facet)
        value, label = facet.only
        number = sum(key in keys for key in compress(self.facts.keys, self.left(but=facet.name)))
        return [(value, str(label), number)] if number else []

    def but(self, facet: Facet) -> QuerySet:
        return self.among(list(compress(self.facts.keys, self.left(but=facet.name))))

    @cached_property
    def facets(self) -> list[ShownFacet]:
        shown = [*super().facets, *filter(None, map(self._shown, self.questions))]
        return sorted(shown, key=lambda one: one.facet.order)

    def _shown(self, question: Question) -> ShownFacet | None:
        """The answers that have results, and those that were asked for."""
        column: Any = question.answers(self.facts)
        if self.filters:
            column = compress(column, self.left(but=question.name))
        counts, chosen = question.count(column), set(self.asked_of(question))
        choices = [
            Choice(
                value,
                said_in(words, question.language) if question.language else words,
                counts[value],
                selected=value in chosen,
            )
            for value, words in question.words(self.facts).items()
            if counts[value] or value in chosen
        ]
        if len(choices) < question.least and not chosen:
            return None
        return ShownFacet(question, choices) if choices else None

    @property
    def is_worth_finding(self) -> bool:
        asked = sum(len(self.values(one.name)) for one in (*self.questions, *self._facets))
        is_plain = not self.is_passing and not self.near
        return is_plain and asked <= 1 and asked == len(self.chosen) and bool(self.count)
