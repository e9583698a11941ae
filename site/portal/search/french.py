"""French text made comparable: what is written and what is asked go through the same steps.

Accents, ligatures and capitals are folded first, so that a word typed without its accents meets
the same stem; then plurals and feminines are brought back to one form, and snowball does the rest.
Every language goes through it: an English plural loses its s on both sides alike.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST_QUERY = 200

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′‵´`＇", "'"))
# "l'école" is a school; "aujourd'hui" begins with none of these.
_ELISION = re.compile(r"\b(?:jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|qu|[cdjlmnst])'")
_DOTTED_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.){2,}")
WORD = re.compile(r"[^\W_]+")

# Left out of a question, never out of the index: "mère ou père" asks for no "ou".
EMPTY_WORDS = frozenset(
    WORD.findall(
        "a ai au aux avec c ce ces cet cette chez comme d dans de des du elle en est et etre il "
        "ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou "
        "par pas pour qu que qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une "
        "vos votre vous y comment faire fais fait faut veux voudrais peux puis cherche chercher "
        "besoin"
    )
)

# Control and format characters, surrogates, private use, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

_FEMININES = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ere", "er"),
    ("ee", "e"),
    ("aise", "ai"),
    ("oise", "oi"),
)

_local = threading.local()


def clean(text: str, longest: int | None = None) -> str:
    """Text that any database and any engine can be handed: no control character, single spaces."""
    kept = "".join(
        " " if unicodedata.category(character) in _INVISIBLE else character
        for character in unicodedata.normalize("NFC", text[:longest] if longest else text)
    )
    return " ".join(kept.split())[:longest]


def fold(text: str) -> str:
    """Lower case without accents or ligatures: "L’Œuvre" → "l'oeuvre"."""
    text = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    return "".join(character for character in text if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """The folded words of a text, elisions gone: "L’auto-école (C.A.F.)" → auto, ecole, caf."""
    text = _ELISION.sub(" ", fold(text))
    text = _DOTTED_ACRONYM.sub(lambda found: found.group().replace(".", ""), text)
    return WORD.findall(text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; short words and words with figures stay whole (CV, B1, RSA)."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    return _snowball(_masculine(_singular(word)))


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


def _snowball(word: str) -> str:
    # A stemmer keeps its word while it works: two threads may not share one.
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("french")
    return _local.stemmer.stemWord(word)


def prepare(text: str) -> str:
    """The stems of a text with single spaces between: what the SQL engines keep and compare."""
    return " ".join(stem(word) for word in words(text))


@dataclass(frozen=True)
class Wording:
    """A question made comparable. `beginning`: its last word as typed, perhaps unfinished; ""
    when it is too short to say anything."""

    stems: tuple[str, ...] = ()
    beginning: str = ""

    def __bool__(self) -> bool:
        return bool(self.stems)

    def matches(self, word: str) -> bool:
        """Whether a word of a text, as written, answers one of the question's words."""
        folded = fold(word)
        return stem(folded) in self.stems or (
            bool(self.beginning) and folded.startswith(self.beginning)
        )


def wording(question: str) -> Wording:
    """What a question asks for; nothing when it holds no word at all."""
    asked = words(clean(question, LONGEST_QUERY))
    telling = [word for word in asked if word not in EMPTY_WORDS] or asked
    last = telling[-1] if telling else ""
    return Wording(tuple(dict.fromkeys(map(stem, telling))), last if len(last) > 2 else "")
