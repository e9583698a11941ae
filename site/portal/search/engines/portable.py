"""Any database that Django knows: plain comparisons, slower, with the same answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING

from django.db.models import Case, F, FloatField, IntegerField, Q, Value, When

from portal.search.models import SearchDocument
from portal.search.wording.stems import prepare

from . import Reading
from .sql import SqlEngine, by_kind, parts_of

if TYPE_CHECKING:
    from portal.search.wording.question import Part, Wording

# A word in the title counts eight times a word anywhere, and other words that say the same less.
IN_TITLE, ANYWHERE, OTHER_WORDS = 8.0, 1.0, 0.35


class PortableEngine(SqlEngine):
    def put(self, document: SearchDocument) -> None:
        title = prepare(document.title, document.language)
        telling = prepare(
            f"{document.words} {document.place} {document.summary}", document.language
        )
        body = prepare(document.body, document.language)
        SearchDocument.objects.filter(pk=document.pk).update(
            title_stems=f" {title} ",
            telling_stems=f" {title} {telling} ",
            stems=f" {title} {telling} {body} ",
        )

    def remove(self, ids: Collection[int]) -> None:
        SearchDocument.objects.filter(pk__in=ids).update(title_stems="", telling_stems="", stems="")

    def prune(self) -> int:
        gone = SearchDocument.objects.filter(is_withdrawn=True).exclude(stems="")
        return gone.update(title_stems="", telling_stems="", stems="")

    def count(self, documents, wording, reading) -> list[tuple[str, int, int]]:
        return list(by_kind(self._hit(documents, wording, reading)))

    def best(self, documents, wording, reading, parts, start, stop) -> list[int]:
        ordered = (
            self._hit(documents, wording, reading)
            .filter(parts__gte=parts)
            .annotate(rank=score(wording) * F("favour") * F("parts"))
            .order_by("past", "-rank", "title", "pk")
        )
        return list(ordered.values_list("pk", flat=True)[start:stop])

    def _hit(self, documents, wording, reading):
        is_some = reading is Reading.ANY
        conditions = [
            of_part(part, beginning, "telling_stems" if is_some else "stems")
            for part, beginning in parts_of(wording, reading)
        ]
        if not is_some:
            parts = Value(len(conditions), IntegerField())
            return documents.filter(reduce(and_, conditions)).annotate(parts=parts)
        answered = [
            Case(When(condition, then=Value(1)), default=Value(0)) for condition in conditions
        ]
        return documents.filter(reduce(or_, conditions)).annotate(parts=reduce(add, answered))


def of_part(part: Part, beginning: str, column: str) -> Q:
    ways = [holds(phrase, column) for phrase in part.phrases]
    if part.stems:
        ways.append(reduce(and_, (holds([stem], column) for stem in part.stems)))
    if beginning:
        ways.append(Q(**{f"{column}__contains": f" {beginning}"}))
    return reduce(or_, ways)


def holds(phrase: Sequence[str], column: str = "stems") -> Q:
    return Q(**{f"{column}__contains": f" {' '.join(phrase)} "})


def score(wording: Wording):
    """The words themselves, those that stand side by side, and what says the same."""
    others = [phrase for part in wording.parts for phrase in part.phrases]
    weighed = [(phrase, 1.0) for phrase in wording.own_phrases] + [
        (phrase, OTHER_WORDS) for phrase in others
    ]
    return reduce(add, (in_text(phrase, weight) for phrase, weight in weighed))


def in_text(phrase: Sequence[str], weight: float) -> Case:
    return Case(
        When(holds(phrase, "title_stems"), then=Value(IN_TITLE * weight)),
        When(holds(phrase), then=Value(ANYWHERE * weight)),
        default=Value(0.0),
        output_field=FloatField(),
    )
