"""The forms of a word brought to one stem: light French, English, Arabic.

Words come folded. A word in the Arabic script is an Arabic word wherever it stands; in the Latin
script it is read in the language of its text when that has a stemmer here, else in French.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer

from territories.pages.base import SOURCE_LANGUAGE

from .arabic import arabic_stem
from .folding import GRAMMAR, words

ALGORITHMS = {"fr": "french", "en": "english"}
# The country stands in many names (« France Travail »), and is not its language.
_WHOLE = frozenset({"france"})
# Brought together before the stemmer, which knows neither.
_FEMININES = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ere", "er"),
    ("ee", "e"),
    ("aise", "ai"),
    ("oise", "oi"),
    ("ublique", "ublic"),
)

_local = threading.local()


@lru_cache(maxsize=100_000)
def stem(word: str, language: str = SOURCE_LANGUAGE) -> str:
    """The stem of a folded word; short words and words with figures stay whole (CV, B1, RSA)."""
    if is_arabic(word):
        return arabic_stem(word) or word
    if len(word) <= 3 or word in _WHOLE or not word.isascii() or not word.isalpha():
        return word
    if language == "en":
        return _snowball(word, "en")
    singular = _singular(word)
    found = _snowball(_masculine(singular), "fr")
    # Three letters are an acronym's: a café is no CAF.
    return found if len(found) > 3 else singular


def is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def prepare(text: str, language: str = SOURCE_LANGUAGE) -> str:
    """The stems of a text with single spaces between: what the engines keep and compare."""
    return " ".join(stem(word, language) for word in words(text) if word not in GRAMMAR)


def _singular(word: str) -> str:
    if word.endswith(("eaux", "eux", "oux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 4:
        return f"{word[:-3]}al"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _masculine(word: str) -> str:
    for feminine, masculine in _FEMININES:
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            return word.removesuffix(feminine) + masculine
    return word


def _snowball(word: str, language: str) -> str:
    # A stemmer keeps its word while it works: two threads may not share one.
    stemmers = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(ALGORITHMS[language])
    return stemmers[language].stemWord(word)
