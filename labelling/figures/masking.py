"""Public figures: nobody must be recognised in a small number.

The rule, for every number of people that anybody may read:

1. under 5 it is not said: « moins de 5 »; nobody at all is said, it is nobody;
2. from 5 on it is rounded to the nearest multiple of 5, and what follows from it (a share, a
   comparison) is computed from the rounded number: two numbers that are published never differ
   exactly by a third that is not, in one table, between two tables or between two pages;
3. the parts of a whole are published from 10 people on, and only if no masked part of them can be
   computed from the whole and the other parts, rounding known: else none of them is.

`bounds` and `gives_away` say what a reader could compute; tests try the rule on whole tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .measures import ALL, Counts, Hidden, Number
from .totals import Figures, Group

FEWEST, STEP, TO_DETAIL = 5, 5, 10
# Not of people.
EXACT = ("actions",)


def published(number: Number) -> Number:
    if number is None or isinstance(number, Hidden) or number == 0:
        return number
    return Hidden.FEW if number < FEWEST else (number + STEP // 2) // STEP * STEP


def bounds(said: Number) -> tuple[int, int]:
    """The smallest and the largest number that are published so."""
    if said is Hidden.FEW:
        return 1, FEWEST - 1
    if not said or isinstance(said, Hidden):
        return 0, 0
    return max(FEWEST, said - STEP // 2), said + STEP // 2


def gives_away(total: Number, parts: Sequence[Number]) -> bool:
    """Whether a masked part of the whole can be computed from what is published."""
    lowest, highest = bounds(total)
    ranges = [bounds(part) for part in parts]
    least, most = sum(low for low, _high in ranges), sum(high for _low, high in ranges)
    for part, (low, high) in zip(parts, ranges, strict=True):
        if part is Hidden.FEW:
            smallest = max(low, lowest - (most - high))
            largest = min(high, highest - (least - low))
            if smallest >= largest:
                return True
    return False


def detailed(total: Number, parts: Sequence[Number]) -> list[Number]:
    """The parts of a whole as they may be published; `None` is what nobody knows."""
    said = [published(part) for part in parts]
    known = [part for part in said if part is not None]
    is_small = total is None or isinstance(total, Hidden) or 0 < total < TO_DETAIL
    if (is_small and any(known)) or gives_away(published(total), known):
        return [None if part is None else Hidden.KEPT for part in said]
    return said


def masked(counts: Counts) -> Counts:
    sums = {n: one if n in EXACT else published(one) for n, one in counts.sums.items()}
    return replace(counts, sums=sums)


def masked_parts(total: Counts, parts: Sequence[Group]) -> list[Group]:
    """Each measure by itself, as parts of its total, whether or not they overlap."""
    columns = {
        name: detailed(total[name], [part.counts[name] for part in parts])
        for name in ALL
        if name not in EXACT and any(name in part.counts.sums for part in parts)
    }
    return [
        replace(
            part,
            counts=replace(
                part.counts,
                sums={**part.counts.sums, **{name: said[at] for name, said in columns.items()}},
            ),
        )
        for at, part in enumerate(parts)
    ]


def masked_figures(figures: Figures) -> Figures:
    """What anybody may read of exact figures. Events one by one are left out."""
    total = figures.total
    return replace(
        figures,
        total=masked(total),
        before=masked(figures.before),
        by_month=masked_parts(total, figures.by_month),
        by_territory=masked_parts(total, figures.by_territory),
        by_theme=masked_parts(total, figures.by_theme),
        by_neighbourhood=masked_parts(total, figures.by_neighbourhood),
        by_criterion=masked_parts(total, figures.by_criterion),
        by_subject=masked_parts(total, figures.by_subject),
        by_event=[],
    )
