"""The ways in which a document may answer a part of a question, and what each is worth: the same
for every engine, which has only to put them in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from portal.search.wording.synonyms import Phrase

from . import Reading

if TYPE_CHECKING:
    from portal.search.wording.question import Part, Wording

# What has the words themselves, side by side as they were asked for, stands above what has them
# apart, and that above what says the same in others.
TOGETHER, OWN, FORGIVEN, UNFINISHED, OTHERS = 1.5, 1.0, 0.8, 0.6, 0.65
# Of a document that answers all of the question, but nowhere where it tells what it is about.
IN_PASSING = 0.1


class Way(NamedTuple):
    """One of these phrases is enough."""

    phrases: tuple[Phrase, ...]
    how: Literal["anywhere", "together", "unfinished"] = "anywhere"


def parts_of(wording: Wording, reading: Reading) -> list[tuple[Part, str]]:
    """The parts of the question in this reading; the last may end with its beginning."""
    parts = wording.loose_parts if reading is Reading.ANY else wording.wanted
    is_wanted = reading is not Reading.ALL and wording.wanted[-1] is wording.parts[-1]
    beginning = wording.beginning if is_wanted else ""
    return [(part, beginning if part is parts[-1] else "") for part in parts]


def ways_of(part: Part, beginning: str) -> Iterator[tuple[Way, float]]:
    """The words anywhere, side by side, unfinished, or what stands for them."""
    if part.stems:
        yield Way((part.stems,)), OWN
    if len(part.stems) > 1:
        yield Way((part.stems,), "together"), TOGETHER
    if beginning:
        yield Way(((beginning,),), "unfinished"), UNFINISHED
    if part.forgiven:
        yield Way(part.forgiven, "together"), FORGIVEN
    if part.others:
        yield Way(part.others, "together"), OTHERS
