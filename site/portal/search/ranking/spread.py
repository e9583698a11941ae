"""No theme and no actor floods a page while others answer nearly as well."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Hashable, Sequence

# Of so many places that follow one another, one theme or one actor takes so many.
WINDOW, MOST = 10, 5
# What comes up in its place answers nearly as well, and was not far below.
NEARLY, FURTHEST = 0.8, 20


def spread(
    ids: Sequence[int], worth: dict[int, float], about: dict[int, Collection[Hashable]]
) -> list[int]:
    """The same documents, nearly in the same order. `worth`: how well each answers, `about`: its
    themes, its actor and its territory. What comes down moves by one place for each that
    comes up, and nothing comes up that is much worse."""
    left, done = list(ids), []
    window: deque[Collection[Hashable]] = deque(maxlen=WINDOW - 1)
    while left:
        taken = Counter(one for some in window for one in some)
        crowded = {one for one, times in taken.items() if times >= MOST}
        first = left[0]
        chosen = next(
            (
                pk
                for pk in left[:FURTHEST]
                if not crowded.intersection(about.get(pk, ()))
                and worth[pk] >= worth[first] * NEARLY
            ),
            first,
        )
        left.remove(chosen)
        done.append(chosen)
        window.append(about.get(chosen, ()))
    return done
