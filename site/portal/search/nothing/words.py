"""Words that may have been meant by one that no document holds, further than a mistyping goes.

A mistyped word is understood before anything is looked for (`wording/known.py`). These are only
offered, once it is known that they find something.
"""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.search.queries import Asked
from portal.search.wording.folding import ASKING, GRAMMAR, LONGEST_QUERY, clean, words
from portal.search.wording.known import known_words
from territories.pages.base import SOURCE_LANGUAGE

# A third of the letters may be others, three at most; under six letters, any word looks like any.
SHORTEST, MOST_LETTERS = 6, 3
MOST = 2


def words_like(asked: Asked) -> list[str]:
    """As they are written in documents, wherever these stand; the nearest first."""
    languages = dict.fromkeys((asked.language, SOURCE_LANGUAGE))
    found: dict[str, int] = {}
    for word in words(clean(asked.text, LONGEST_QUERY)):
        if word in GRAMMAR | ASKING or any(known_words(one).know(word) for one in languages):
            continue
        for one in languages:
            for written, distance in near(word, one):
                found[written] = min(distance, found.get(written, distance))
    return sorted(found, key=lambda written: (found[written], written))[:MOST]


def near(word: str, language: str) -> list[tuple[str, int]]:
    if len(word) < SHORTEST or not word.isalpha():
        return []
    known, most = known_words(language), min(len(word) // 3, MOST_LETTERS)
    return [
        (known.words[other], distance)
        for length in range(len(word) - most, len(word) + most + 1)
        for other, distance, _at in process.extract(
            word, known.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most,
            limit=MOST,
        )
        # A mistake seldom begins the word.
        if other[0] == word[0]
    ]  # fmt: skip
