"""Which chosen answers stand above the others of a question: one query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from django.db.models import OuterRef, Subquery

from portal.search.engines import Found
from portal.search.models import Promotion, SearchDocument
from portal.search.models.promotion import PAGES
from portal.search.queries import Asked
from portal.search.results import Result, show
from portal.search.vocabulary.in_force import synonyms_of
from resources_directory.near import Near

from .matching import holds, said_in, stems_of

MOST = 3


@dataclass(frozen=True)
class Outside:
    """An answer on another site. Its words are written in French alone."""

    title: str
    text: str
    url: str

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Promoted:
    """Ids of search documents, and addresses outside, three in all at most. `results`: what is
    shown of the documents."""

    ids: Sequence[int] = ()
    outside: Sequence[Outside] = ()
    results: Sequence[Result] = ()

    def __bool__(self) -> bool:
        return bool(self.ids or self.outside)


def promoted(asked: Asked, page: int = 1) -> Promoted:
    """The chosen answers to a question that this visitor may find, the closest phrase's first;
    none beside results that are narrowed, nor after the first page."""
    if not asked.wording or asked.chosen or asked.around or page > 1:
        return Promoted()
    chosen = islice(dict.fromkeys(each_answer(asked)), MOST)
    ids, outside = [], []
    for answer in chosen:
        outside.append(answer) if isinstance(answer, Outside) else ids.append(answer)
    return Promoted(ids, outside)


def show_with(
    chosen: Promoted, asked: Asked, found: Found, near: Near
) -> tuple[Promoted, list[Result]]:
    """What stands above and what stands below, from one reading of the rows. What is above is not
    shown again on the same page."""
    below = [pk for pk in found.ids if pk not in chosen.ids]
    shown = show(asked, replace(found, ids=[*chosen.ids, *below]), near)
    above = [one for one in shown if one.document in chosen.ids]
    return replace(chosen, results=above), shown[len(above) :]


def each_answer(asked: Asked) -> Iterator[int | Outside]:
    things = said_in(asked.wording, synonyms_of(asked.territory))
    held = []
    for promotion in in_force(asked):
        phrases = [stems_of(phrase) for phrase in promotion.phrases]
        lengths = [len(phrase) for phrase in phrases if holds(things, phrase)]
        if lengths:
            held.append((max(lengths), promotion))
    for _length, promotion in sorted(held, key=lambda one: (-one[0], one[1].pk)):
        for name in PAGES:
            if (document := getattr(promotion, f"{name}_document")) is not None:
                yield document
        if promotion.url:
            yield Outside(promotion.title, promotion.sentence, promotion.url)


def in_force(asked: Asked):
    """Those of the place, by its own clock, each page as the document that may be shown of it."""
    here = asked.territory
    findable = (
        SearchDocument.objects.findable(here, asked.now)
        .in_language(asked.language, asked.now)
        .not_past(asked.now)
        .order_by()
    )
    documents = {
        f"{name}_document": Subquery(
            findable.filter(translation_key=OuterRef(f"{name}__translation_key")).values("pk")[:1]
        )
        for name in PAGES
    }
    return Promotion.objects.filter(territory=here).in_force(asked.today).annotate(**documents)
