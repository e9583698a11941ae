"""What is offered while somebody types: the best few records, whose last word may be unfinished."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from . import ranking
from .models import SearchDocument
from .queries import Asked, Shown
from .results import kinds_shown, load, public_url

MOST = 6
# Fewer letters say nothing yet.
SHORTEST = 3


@dataclass(frozen=True)
class Suggestion:
    """`url`: a path on a territory's own host, an address on the portal, which leads elsewhere."""

    title: str
    kind: str | Promise
    url: str
    language: str


def suggestions(asked: Asked, portal_root: str = "") -> list[Suggestion]:
    """At most six, best first; none before three letters. Two queries and the engine's; one more
    on the portal, for the addresses."""
    if len(asked.shown_text) < SHORTEST or not asked.wording:
        return []
    asked = replace(asked, is_unfinished=True, is_counted=False)
    found = ranking.find(asked, 0, MOST)
    kinds = kinds_shown()
    return [
        Suggestion(
            title=document.title,
            kind=kinds.get(document.kind, ("", ""))[0],
            url=document.path if asked.territory else public_url(document, portal_root),
            language=document.language,
        )
        for document in named(found.ids, asked)
    ]


def named(ids: Sequence[int], asked: Asked) -> Iterable[SearchDocument | Shown]:
    """What a territory shows of them was read to put them in order: it is asked at each letter."""
    return load(ids) if asked.territory is None else asked.shown(ids).values()
