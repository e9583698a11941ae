"""French sentences, words and syllables, and how hard a text is to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
PHONE = re.compile(r"(?<![\d+])(?:\+33 ?[1-9]|0[1-9])(?:[ .\u00a0\u202f-]?\d{2}){4}(?!\d)")
_ABBREVIATION = re.compile(
    r"\b(M|MM|Mme|Mlle|Dr|Pr|St|Ste|art|ex|p|etc|tél|bd|av)\.$", re.IGNORECASE
)
_END = re.compile(r"[.!?…;]+[»”\"’)\s]*(?=\s+[«“\"(]?\s*[A-ZÀ-Ý0-9])|;\s")
# Fewer words say nothing of how a text reads.
ENOUGH_WORDS = 60


def sentences(paragraph: str) -> list[str]:
    """A paragraph cut after its points; a title of address (« M. ») ends nothing."""
    found, start = [], 0
    for end in _END.finditer(paragraph):
        piece = paragraph[start : end.end()]
        if _ABBREVIATION.search(piece.rstrip()):
            continue
        found.append(piece.strip())
        start = end.end()
    found.append(paragraph[start:].strip())
    return [piece for piece in found if piece]


def words(sentence: str) -> list[str]:
    """« l’emploi » is one, as is « rendez-vous », and so is a telephone number."""
    return WORD.findall(PHONE.sub("numéro", sentence))


def syllables(word: str) -> int:
    """As they are said: a last e is silent, i and u glide before a vowel, é and ï do not."""
    plain = word.lower().replace("œ", "e").replace("æ", "e")
    plain = re.sub(r"(?<=[aeiouàâéèêôû])y(?=[aeiouàâéèêôû])", "i-i", plain)
    # Vowels that never make one sound with the one before.
    plain = re.sub(r"([aeiouéè])([éèïëü])", r"\1-\2", plain)
    plain = re.sub(r"é(?=[aeiouâêô])", "é-", plain)
    plain = re.sub(r"qu|gu(?=[eiéèê])", "q", plain)
    plain = unicodedata.normalize("NFC", plain)
    groups = re.findall(r"[aeiouyàâäéèêëîïôöùûü]+", plain)
    silent = re.search(r"[^aeiouyàâäéèêëîïôöùûü-](e|es)$", plain)
    if silent and len(groups) > 1:
        return len(groups) - 1
    return max(1, len(groups))


def reading_ease(paragraphs: Iterable[str]) -> float | None:
    """From about 0, hard, to 100, easy; None when there is too little to say.

    Flesch's index as Liliane Kandel and Abraham Moles fitted it to French in 1958 (« Application de
    l’indice de Flesch à la langue française », Cahiers d’études de radio-télévision, 19).
    """
    every = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    spoken = [word for sentence in every for word in words(sentence) if not word.isdigit()]
    if len(spoken) < ENOUGH_WORDS:
        return None
    per_sentence = len(spoken) / len(every)
    per_word = sum(map(syllables, spoken)) / len(spoken)
    return 207 - 1.015 * per_sentence - 73.6 * per_word
