"""Texts cut into words without accents, ligatures or capitals, so that both sides look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_QUERY = 200

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′‵´`＇", "'"))
# "l'école" is a school; "aujourd'hui" begins with none of these.
_ELISION = re.compile(r"\b(?:jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|qu|[cdjlmnst])'")
_DOTTED_ACRONYM = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?\b|\b(?:[a-z]\.){2,}")
WORD = re.compile(r"[^\W_]+")

# They say nothing by themselves: left out on both sides, so that « demandeur d’emploi » and
# « demandeurs d’un emploi » are the same two words side by side. "sans" tells: it stays.
GRAMMAR = frozenset(
    WORD.findall(
        "a ai au aux avec c ce ces cet cette chez comme d dans de des du elle en est et etre il "
        "ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ou "
        "par pas pour qu que qui quoi s sa se ses si son sont sur t ta te tes toi ton tu un une "
        "vos votre vous y "
        "an and are for from i in is it my of or the to with your "
        "في من على الى عن مع او و"
    )
)
# Words of asking, left out of a question alone: a document may be about them.
ASKING = frozenset(
    WORD.findall(
        "comment faire fais fait faut veux voudrais voudrait peux puis cherche chercher recherche "
        "besoin aimerais souhaite trouver ou quel quelle quels quelles bonjour svp merci aider "
        "avoir obtenir suis prendre aller donner quand jamais personne parce dois doit veut sais "
        "comprends encore bien tres trop deja aussi alors depuis quelques slt cc stp pr jai jsuis "
        "galere probleme chose truc faudrait pouvez possible savoir perds perdre reprends habite "
        "how where can looking want need find get help do does there "
        "كيف اين اريد ابحث"
    )
)

# Control and format characters, surrogates, private use, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


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


def each_word(text: str) -> Iterator[tuple[str, str]]:
    """(folded, in small letters as written) of the words that are long enough to be mistyped."""
    for written in WORD.findall(text):
        if len(word := fold(written)) > 2:
            yield word, written.lower()
