"""Strings that must find nothing: each is more than two edits away from every word there is."""

from __future__ import annotations

from collections.abc import Iterable

NONSENSE = (
    "zqxwvkj",
    "bvbvxkqz",
    "wxkzrtplm",
    "qqqqqqqq",
    "grzbflonk",
    "xyloquartz",
    "ydfghjwq",
    "azertyuiop",
    "kwyjibozup",
    "vlimpstrug",
    "ouhzakrump",
    "zzyzxaph",
    "fjordglyph",
    "nnnnmmmmkk",
    "wubbalubba",
    "hjkwzqpf",
    "trxplwqnsd",
    "mxyzptlkq",
    "dzrbkwqhov",
    "ghzkpwyqul wfjqzkxob",
)


def is_near(word: str, other: str, edits: int = 2) -> bool:
    """Whether so few edits lead from one to the other: a letter more, less, changed, or two
    neighbours swapped."""
    if abs(len(word) - len(other)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        above, before = before, row
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > edits and min(before) > edits:
            return False
    return row[-1] <= edits


def words_near(text: str, words: Iterable[str]) -> list[str]:
    """The words of a vocabulary that a text may be a mistake for."""
    known = list(words)
    return [word for asked in text.split() for word in known if is_near(asked, word)]
