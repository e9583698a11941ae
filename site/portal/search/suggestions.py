"""When nothing answers: the nearest question that something answers."""

from __future__ import annotations

from difflib import get_close_matches

from .engines import Engine
from .french import EMPTY_WORDS, WORD, fold, stem
from .queries import Asked

DOCUMENTS_READ = 2_000
LIKENESS = 0.72
DIFFERENCE_IN_LENGTH = 2


def nearest_question(asked: Asked, engine: Engine) -> str:
    """The question with its unknown words replaced by known ones that look alike; "" when there
    are none."""
    known = vocabulary(asked)
    stems = {stem(word) for word in known}
    corrected = []
    for word in WORD.findall(asked.shown_text):
        folded = fold(word)
        if folded in EMPTY_WORDS or stem(folded) in stems:
            corrected.append(word)
            continue
        alike = [
            other
            for other in known
            if other[0] == folded[0] and abs(len(other) - len(folded)) <= DIFFERENCE_IN_LENGTH
        ]
        nearest = get_close_matches(folded, alike, n=1, cutoff=LIKENESS)
        if nearest:
            corrected.append(known[nearest[0]])
    question = " ".join(corrected)
    if not question or fold(question) == fold(asked.shown_text):
        return ""
    return question if engine.search(asked.instead(question), 0, 0).total else ""


def vocabulary(asked: Asked) -> dict[str, str]:
    """The words of titles and of codes as they are written, by their folded form."""
    rows = asked.documents().order_by("-pk").values_list("title", "words")[:DOCUMENTS_READ]
    return {
        fold(word): word.lower()
        for row in rows
        for text in row
        for word in WORD.findall(text)
        if len(word) > 2
    }
