"""The words that documents and synonyms are written with, and which of them somebody meant to type.

Only what can be found is read here: no word tells of a page that is not public.
"""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from portal.search.models import KnownWord
from territories.pages.base import SOURCE_LANGUAGE

from .folding import each_word
from .stems import stem
from .synonyms import national

SHORTEST = 4
# From this length on, two letters may be wrong.
LONG = 8
MOST_MEANT = 4
SECONDS_BETWEEN_LOOKS = 20
ROWS_AT_ONCE = 2_000

# How French is heard, roughly: what is written by ear meets what is written by rule.
_HEARD = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"^h|(?<=[^cp])h", ""),
        (r"ph", "f"),
        (r"(.)\1", r"\1"),
        (r"eau|au", "o"),
        (r"qu|q|ck|c(?![eiyh])|k", "k"),
        (r"c(?=[eiy])|sc(?=[ei])|ti(?=on)", "s"),
        (r"g(?=[eiy])", "j"),
        (r"(?:ain|ein|in|im|ym|yn)(?![aeiouy])", "5"),
        (r"(?:an|am|en|em)(?![aeiouy])", "4"),
        (r"(?:on|om)(?![aeiouy])", "3"),
        (r"ai|ei|et$|er$|ez$|ee$|e$", "e"),
        (r"y", "i"),
        (r"z", "s"),
        (r"[bdpstx]$", ""),
        (r"e$", ""),
        (r"(.)\1", r"\1"),
    )
]


def heard(word: str) -> str:
    """A folded word as it sounds: "anploi" and "emploi" are one."""
    for pattern, sound in _HEARD:
        word = pattern.sub(sound, word)
    return word


def likeness(word: str, other: str) -> int:
    """How likely somebody who typed the first meant the second, the lowest first: a letter is left
    out or two are swapped more often than one is put for another, and that than one too many."""
    if holds_in_order(other, word) or sorted(word) == sorted(other):
        return 0
    return 2 if holds_in_order(word, other) else 1


def holds_in_order(word: str, letters: str) -> bool:
    left = iter(word)
    return all(letter in left for letter in letters)


class Words:
    """The words of a language, kept in memory and completed when a question holds another."""

    def __init__(self, language: str) -> None:
        self.language = language
        # Each folded word as it is written.
        self.words: dict[str, str] = {}
        self.stems: set[str] = set()
        self.everyday: set[str] = set()
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        self.last_read = 0
        self.looked_at = float("-inf")
        self.lock = threading.Lock()
        if language == SOURCE_LANGUAGE:
            for word, written in national().words.items():
                self.add(word, written)
            # Nobody who typed something else meant these.
            self.everyday.update(stem(word, language) for word in national().everyday)

    def complete(self) -> None:
        """Read what was learnt since the last look."""
        with self.lock:
            if time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
                return
            found = KnownWord.objects.filter(language=self.language, pk__gt=self.last_read)
            rows = found.order_by("pk").values_list("pk", "word", "written")
            for pk, word, written in rows.iterator():
                self.last_read = pk
                self.add(word, written)
            self.looked_at = time.monotonic()

    def add(self, word: str, written: str) -> None:
        if word not in self.words:
            self.words[word] = written
            self.stems.add(stem(word, self.language))
            self.by_length[len(word)].append(word)
            self.by_sound[heard(word)].append(word)

    def know(self, word: str) -> bool:
        return stem(word, self.language) in self.everyday or self.hold(word)

    def hold(self, word: str) -> bool:
        """Whether a document or a synonym is written with it."""
        if stem(word, self.language) not in self.stems:
            self.complete()
        return stem(word, self.language) in self.stems

    def meant_by(self, word: str) -> list[str]:
        """Known words that a mistyped one may stand for, the nearest alone: one letter away, two
        in a long word or where both sound alike."""
        if len(word) < SHORTEST or not word.isalpha():
            return []
        most = 2 if len(word) >= LONG else 1
        near = {
            other: distance
            for length in range(len(word) - most, len(word) + most + 1)
            for other, distance, _at in process.extract(
                word, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most,
                limit=MOST_MEANT,
            )
        }  # fmt: skip
        for other in self.by_sound.get(heard(word), ()):
            if OSA.distance(word, other) <= 2:
                near[other] = min(near.get(other, 2), 1)
        nearest = min(near.values(), default=0)
        those = (other for other, distance in near.items() if distance == nearest)
        return sorted(those, key=lambda other: (likeness(word, other), other))[:MOST_MEANT]

    def cut(self, word: str) -> tuple[str, str] | None:
        """Two known words written as one ("autoecole")."""
        for at in range(SHORTEST - 1, len(word) - SHORTEST + 2):
            if word[:at] in self.words and word[at:] in self.words:
                return word[:at], word[at:]
        return None


_known: dict[str, Words] = {}


def known_words(language: str = SOURCE_LANGUAGE) -> Words:
    if language not in _known:
        _known.setdefault(language, Words(language))
    return _known[language]


def forget_known_words() -> None:
    """What this process has read; what the database knows stays."""
    _known.clear()


def learn(texts: Iterable[tuple[str, str]]) -> None:
    """Know the words of these texts from now on; each comes with its language."""
    new: dict[tuple[str, str], str] = {}
    for language, text in texts:
        read = known_words(language).words
        for word, written in each_word(text):
            if len(word) <= KnownWord.LONGEST >= len(written) and word not in read:
                new.setdefault((language, word), written)
    rows = [
        KnownWord(language=language, word=word, written=written)
        for (language, word), written in new.items()
    ]
    KnownWord.objects.bulk_create(rows, ROWS_AT_ONCE, ignore_conflicts=True)


def unlearn_all_but(texts: Iterable[tuple[str, str]]) -> int:
    """Forget the words that none of these texts holds any more; returns how many."""
    held = {(language, word) for language, text in texts for word, _written in each_word(text)}
    rows = KnownWord.objects.values_list("pk", "language", "word")
    gone = [pk for pk, language, word in rows.iterator() if (language, word) not in held]
    for start in range(0, len(gone), ROWS_AT_ONCE):
        KnownWord.objects.filter(pk__in=gone[start : start + ROWS_AT_ONCE]).delete()
    return len(gone)


def texts_of(documents: Iterable) -> Iterable[tuple[str, str]]:
    """What search documents are written with."""
    for document in documents:
        yield (
            document.language,
            f"{document.title} {document.words} {document.place} {document.summary} "
            f"{document.body}",
        )
