"""Any database that Django knows: plain comparisons, slower, with the same answers."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING

from django.db.models import Case, F, FloatField, Q, Value, When

from portal.search.french import prepare
from portal.search.models import SearchDocument

from . import Reading
from .sql import SqlEngine, by_kind

if TYPE_CHECKING:
    from portal.search.french import Wording


class PortableEngine(SqlEngine):
    def put(self, document: SearchDocument) -> None:
        title = prepare(document.title)
        rest = prepare(f"{document.words} {document.place} {document.summary} {document.body}")
        SearchDocument.objects.filter(pk=document.pk).update(
            title_stems=f" {title} ", stems=f" {title} {rest} "
        )

    def remove(self, ids: Collection[int]) -> None:
        SearchDocument.objects.filter(pk__in=ids).update(title_stems="", stems="")

    def prune(self) -> int:
        gone = SearchDocument.objects.filter(is_withdrawn=True).exclude(stems="")
        return gone.update(title_stems="", stems="")

    def count(self, documents, wording, reading) -> list[tuple[str, int]]:
        return list(by_kind(documents.filter(condition(wording, reading))))

    def best(self, documents, wording, reading, start, stop) -> list[int]:
        ordered = (
            documents.filter(condition(wording, reading))
            .annotate(rank=score(wording) * F("favour"))
            .order_by("past", "-rank", "title", "pk")
        )
        return list(ordered.values_list("pk", flat=True)[start:stop])


def condition(wording: Wording, reading: Reading) -> Q:
    terms = [Q(stems__contains=f" {stem} ") for stem in wording.stems]
    if reading is not Reading.ALL and wording.beginning:
        terms[-1] |= Q(stems__contains=f" {wording.beginning}")
    return reduce(or_ if reading is Reading.ANY else and_, terms)


def score(wording: Wording):
    """A word in the title counts eight times a word anywhere."""
    return reduce(
        add,
        (
            Case(
                When(title_stems__contains=f" {stem} ", then=Value(8.0)),
                When(stems__contains=f" {stem} ", then=Value(1.0)),
                default=Value(0.1),
                output_field=FloatField(),
            )
            for stem in wording.stems
        ),
    )
