"""Whether a question holds a phrase, by the words of the search: forms, accents, mistypings."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from portal.search.wording.folding import ASKING, GRAMMAR, LONGEST_QUERY, clean, words
from portal.search.wording.question import Wording
from portal.search.wording.stems import stem
from portal.search.wording.synonyms import Phrase, Synonyms, national

Stems = frozenset[str]


@lru_cache(maxsize=10_000)
def stems_of(phrase: str) -> Stems:
    """Those of the words that tell something; none when no word does."""
    telling = [word for word in words(clean(phrase, LONGEST_QUERY)) if word not in GRAMMAR]
    return frozenset(stem(word) for word in telling if word not in ASKING)


def said_in(wording: Wording, synonyms: Synonyms | None = None) -> Set[Stems]:
    """What a question says, thing by thing: a protected name is one, and none of its words."""
    protected: Set[Phrase] = (synonyms or national()).protected
    things = set()
    for part in wording.parts:
        things.add(frozenset(part.stems))
        if part.stems not in protected:
            things |= {frozenset(loose.stems) for loose in part.loosened()}
        # The likeliest, which the page says it has understood.
        things |= {frozenset(phrase) for phrase in part.forgiven[:1]}
    return things - {frozenset()}


def holds(things: Set[Stems], phrase: Stems) -> bool:
    """All the words of the phrase, whatever else is asked for."""
    said = [thing for thing in things if thing <= phrase]
    return bool(phrase) and phrase == frozenset().union(*said)
