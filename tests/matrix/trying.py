"""The matrix: every role, on every kind of object, every act, on one's own and on another's."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.cache import caches
from django.db import transaction
from django.test import Client

from .ground import ANONYMOUS, SUPERUSER, Ground, Side
from .kinds import ACTS, READS, Kind, ServerError, Try

OWN, OTHER = "own", "another's"


@dataclass
class Outcomes:
    """`cells`: (kind, act, whose) → True, False, or None where there is no such act. `errors`: the
    addresses that answered with an error of the server."""

    cells: dict[tuple[str, str, str], bool | None] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def tried(self) -> set[tuple[str, str, str]]:
        return {cell for cell, outcome in self.cells.items() if outcome is not None}

    @property
    def done(self) -> set[tuple[str, str, str]]:
        return {cell for cell, outcome in self.cells.items() if outcome}


def try_everything(ground: Ground, role: str, kinds: list[Kind]) -> Outcomes:
    """All that a role does, one thing at a time: nothing that one attempt changes is left."""
    client = client_of(ground, role)
    here = ground.own(role)
    found, seen = Outcomes(), {}
    for kind in kinds:
        for whose, side in ((OWN, here), (OTHER, side_of_others(ground, kind))):
            for act in ACTS:
                cell = (kind.name, act, whose)
                # A superuser shows that it can be done: once is enough.
                is_shown = role == SUPERUSER and found.cells.get((kind.name, act, OWN))
                if is_an_act(kind, act, whose, side, here) and not is_shown:
                    try:
                        outcome = alone(kind, act, Try(client, ground, side, here, seen))
                    except ServerError as error:
                        found.errors.append(f"{role}: {', '.join(cell)}: {error}")
                        outcome = False
                    found.cells[cell] = outcome
                else:
                    found.cells[cell] = None
    return found


def is_an_act(kind: Kind, act: str, whose: str, side: Side, here: Side) -> bool:
    if kind.thing(side) is None or not hasattr(kind, act.lower()):
        return False
    return whose == OWN or not (kind.shared or side is here)


def side_of_others(ground: Ground, kind: Kind) -> Side:
    # What the portal alone has is the national team's, another's for everybody else.
    return ground.beta if kind.thing(ground.beta) is not None else ground.portal


def alone(kind: Kind, act: str, attempt: Try) -> bool | None:
    try:
        with transaction.atomic():
            outcome = getattr(kind, act.lower())(attempt)
            transaction.set_rollback(True)
    finally:
        # What a change has left in them never happened.
        if act not in READS:
            for cache in caches.all(initialized_only=True):
                cache.clear()
    return outcome


def client_of(ground: Ground, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != ANONYMOUS:
        client.force_login(ground.people[role])
    return client
