"""The stem of an Arabic word, the same whatever is written before or after it.

Lighter than Snowball's, which takes the first letter of « وظيفة » or « فرنسية » for a small word,
but not when the article stands before it.
"""

from __future__ import annotations

_LETTERS = str.maketrans({"ى": "ي", "ـ": None})
# "And", "with", "for" and the article, as long as so many letters are left.
_BEFORE = {"ال": 3, "لل": 3, "و": 4, "ب": 4, "ل": 4}
# Whose it is, how many, and feminine forms; the longest first.
_AFTER = (
    *("تها", "تهم", "تنا", "تكم"),
    *("ات", "ان", "ون", "ين", "ها", "هم", "نا", "كم", "ية", "يه", "تي", "ته"),
    *("ة", "ه", "ي"),
)
_SHORTEST = 3


def arabic_stem(word: str) -> str:
    word = word.translate(_LETTERS)
    # One after the other: « وللأطفال ».
    while before := next(
        (
            one
            for one, left in _BEFORE.items()
            if word.startswith(one) and len(word) - len(one) >= left
        ),
        "",
    ):
        word = word.removeprefix(before)
    for after in _AFTER:
        if word.endswith(after) and len(word) - len(after) >= _SHORTEST:
            return word.removesuffix(after)
    return word
