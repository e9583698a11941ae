"""How good a ranking is, of answers that people have graded from 1 (of some use) to 3 (the one)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2

# An answer that somebody would have been glad to find.
GOOD = 2


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain: each answer counts 2^grade - 1, less and less further down."""
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def ndcg(found: Sequence[str], grades: Mapping[str, int], at: int = 10) -> float:
    """The gain of the first results, as a share of that of the best order there could be."""
    best = gain(sorted(grades.values(), reverse=True)[:at])
    return gain(grades.get(name, 0) for name in found[:at]) / best if best else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 when the first result is a good answer, 1/2 when the second is the first good one…"""
    ranks = (rank for rank, name in enumerate(found, start=1) if grades.get(name, 0) >= GOOD)
    return 1 / next(ranks, float("inf"))


def recall(found: Sequence[str], grades: Mapping[str, int], at: int = 10) -> float:
    """The share of the answers among the first results; of as many as there is room for."""
    room = min(len(grades), at)
    return len(grades.keys() & set(found[:at])) / room if room else 0.0


def mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else float("nan")
