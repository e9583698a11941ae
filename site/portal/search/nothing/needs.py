"""The needs of the guide that a question speaks of, by the words of the vocabulary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from portal.search.promoted.matching import Stems, stems_of
from portal.search.wording.question import Part, Wording
from resources_directory.panels import needs
from territories.models import Term
from territories.plugins.registry import works_in

GUIDE = "resources_directory"
THEMES = (Term.Kind.THEME_CATEGORY, Term.Kind.THEME)
# The word itself, one that says the same.
OWN, OTHERS = 2, 1
MOST = 2


def families_spoken_of(wording: Wording) -> list[str]:
    """Codes of the families whose words, or those of their themes, say some of the question; none
    when every part of it says something else."""
    scores: Counter[str] = Counter()
    for term in Term.objects.filter(kind__in=THEMES, is_retired=False):
        said = stems_of(f"{term.label} {term.resident_label} {term.words}")
        score = sum(worth(part, said) for part in wording.parts)
        family = term.code.split("--")[0]
        scores[family] = max(scores[family], score)
    best = max(scores.values(), default=0)
    return [code for code, score in scores.items() if score == best and score]


def worth(part: Part, said: Stems) -> int:
    if part.stems and said.issuperset(part.stems):
        return OWN
    # What was perhaps meant counts; what would say the same as that is a guess of a guess.
    other_ways = part.forgiven or part.others
    return OTHERS if any(said.issuperset(phrase) for phrase in other_ways) else 0


def offered(request: HttpRequest, wording: Wording) -> tuple[Sequence[Mapping[str, Any]], bool]:
    """Tiles of the guide, and whether they are what the question speaks of; else all the needs."""
    if not works_in(GUIDE, request.territory):
        return [], False
    found = needs(request, None)
    tiles = found["needs"] if found else []
    if not tiles or not wording:
        return tiles, False
    spoken = set(families_spoken_of(wording))
    own = [tile for tile in tiles if tile["url"].partition("=")[2] in spoken]
    return (own, True) if 0 < len(own) <= MOST else (tiles, False)
