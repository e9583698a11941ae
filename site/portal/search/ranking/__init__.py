"""The order of what an engine has found, the same whichever engine that was.

An engine counts, and gives what answers best by its own measure, sixty documents at a time. Here
those sixty are put in order: how well each answers (`worth`), each word counting for how rare it
is (`rarity`), and what helps whoever asks. Then no theme floods the page (`spread`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.search.engines import Found, engine, engine_of_the_database
from portal.search.faceting import THEME

from .rarity import rarities
from .spread import spread
from .worth import Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.search.queries import Asked

# Three pages. What is found lower is no better for being looked at again.
AT_ONCE = 60
# Six are shown while somebody types, at each letter.
AT_ONCE_UNFINISHED = 24
FEW_ANSWERS = 10


def find(asked: Asked, start: int, stop: int) -> Found:
    """The documents that answer, from `start` to `stop`, best first. Nothing is shown twice or
    lost from one slice to the next: a document never leaves its sixty."""
    at_once = AT_ONCE_UNFINISHED if asked.is_unfinished else AT_ONCE
    begins = start % at_once
    found = engine().search(asked, start - begins, -(-stop // at_once) * at_once)
    parted = (found.ids[at : at + at_once] for at in range(0, len(found.ids), at_once))
    ids = [pk for sixty in parted for pk in ordered(asked, sixty)]
    return replace(found, ids=ids[begins : begins + stop - start])


def ordered(asked: Asked, ids: Sequence[int]) -> list[int]:
    """What is past stays behind what is to come."""
    wording = asked.wording
    if not wording or not ids:
        return list(ids)
    database, stems = engine_of_the_database(), wording.stems_looked_for
    worth = Worth(wording, rarities(stems))
    places = database.places(ids, stems, worth.beginning)
    worths, keys, about = {}, {}, {}
    for pk, row in asked.shown(ids).items():
        answers = worth.of(places.get(pk, {})) * row.favour
        keys[pk] = row.past, -answers, row.title, pk
        worths[pk] = 0.0 if row.past else answers  # what is past never comes up
        about[pk] = {theme.split("--")[0] for theme in row.themes}
        if asked.territory is None:
            about[pk].add(row.territory_id)
    best = sorted(keys, key=keys.__getitem__)
    return spread(best, worths, about) if is_spread(asked, ids) else best


def is_spread(asked: Asked, ids: Sequence[int]) -> bool:
    """Who has chosen a theme wants it alone; few answers are all seen at once."""
    return len(ids) > FEW_ANSWERS and not asked.is_unfinished and THEME not in asked.chosen
