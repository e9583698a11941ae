"""How an application moves: the whole machine, in one table.

Who may do what is asked of the roles in `allowed.py`; nothing else moves an application.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from labelling.models.applications import State


class Part(StrEnum):
    """What somebody is to an application."""

    # Has begun it: an account, or whoever holds its mailed link.
    APPLICANT = "applicant"
    # May decide in its territory.
    COORDINATION = "coordination"
    # Reads it and gives an opinion: moves nothing.
    COMMITTEE = "committee"


@dataclass(frozen=True)
class Transition:
    """`needs_words`: a sentence that says why is asked, kept and told to the applicant."""

    name: str
    before: frozenset[State]
    after: State
    part: Part
    needs_words: bool = False


DRAFT, SUBMITTED, RETURNED = State.DRAFT, State.SUBMITTED, State.RETURNED
IN_COMMITTEE = State.IN_COMMITTEE

TRANSITIONS = {
    transition.name: transition
    for transition in (
        Transition("send", frozenset({DRAFT, RETURNED}), SUBMITTED, Part.APPLICANT),
        Transition(
            "abandon",
            frozenset({DRAFT, SUBMITTED, RETURNED, IN_COMMITTEE}),
            State.ABANDONED,
            Part.APPLICANT,
        ),
        Transition(
            "return",
            frozenset({SUBMITTED, IN_COMMITTEE}),
            RETURNED,
            Part.COORDINATION,
            needs_words=True,
        ),
        Transition("open", frozenset({SUBMITTED}), IN_COMMITTEE, Part.COORDINATION),
        # Where the rules ask for a quorum, only once the committee has reached it.
        Transition(
            "grant",
            frozenset({SUBMITTED, IN_COMMITTEE}),
            State.GRANTED,
            Part.COORDINATION,
            needs_words=True,
        ),
        Transition(
            "refuse",
            frozenset({SUBMITTED, IN_COMMITTEE}),
            State.REFUSED,
            Part.COORDINATION,
            needs_words=True,
        ),
    )
}


def transitions_from(state: State, part: Part) -> Iterator[Transition]:
    for transition in TRANSITIONS.values():
        if state in transition.before and transition.part == part:
            yield transition
