"""The matrix: what each role may do, with each kind of object, in its own territory and in another.

Everything is tried with real requests (`tests/matrix/`). What comes of it is printed into
`docs/permissions.md` by `make permissions`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

import pytest
from django.conf import settings
from matrix.ground import (
    ANONYMOUS,
    NOBODY,
    SUPERUSER,
    make_ground,
    national_roles,
    territorial_roles,
)
from matrix.kinds import Kind
from matrix.printing import COMMAND, PATH, written
from matrix.rows import NATIONAL_DUTIES, NEVER, all_kinds, registered_models
from matrix.trying import OTHER, OWN, Outcomes, try_everything

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
# Another engine is asked all that these make it answer: by whoever may most, and by a partner,
# whose rights are rows of their own. What the other roles may do is no question to a database.
SAMPLE = ["coordinator", "partner"]
TERRITORIAL = territorial_roles() if IS_SQLITE else SAMPLE
ROLES = [*TERRITORIAL, *national_roles(), NOBODY, ANONYMOUS]
needs_all_roles = pytest.mark.skipif(not IS_SQLITE, reason="On SQLite every role tries all.")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass
class Matrix:
    kinds: list[Kind]
    # The kinds of which the ground has none.
    empty: list[str]
    outcomes: dict[str, Outcomes]


@cache
def everything() -> Matrix:
    ground, kinds = make_ground(), all_kinds()
    roles = [SUPERUSER, *ROLES] if IS_SQLITE else ROLES
    sides = (ground.alpha, ground.beta, ground.portal)
    return Matrix(
        kinds,
        [kind.name for kind in kinds if all(kind.thing(side) is None for side in sides)],
        {role: try_everything(ground, role, kinds) for role in roles},
    )


@pytest.fixture
def matrix(db) -> Matrix:
    """Tried once, in the transaction of the first test that asks: the others read what it found."""
    return everything()


def test_each_kind_that_the_admin_knows_has_a_row(matrix):
    rows = {model for kind in matrix.kinds for model in kind.models}
    missing = sorted(model._meta.label for model in registered_models() - rows)
    assert not missing, f"Say in tests/matrix/ how these are tried: {missing}"
    assert not matrix.empty, f"tests/leaks/beta.py makes none of these: {matrix.empty}"


@needs_all_roles
def test_whatever_is_tried_can_be_done_by_somebody(matrix):
    """A superuser tries it all, so that a refusal is never a form that was badly filled."""
    tried = {cell[:2] for found in matrix.outcomes.values() for cell in found.tried}
    done = {cell[:2] for found in matrix.outcomes.values() for cell in found.done}
    assert tried - done == NEVER


@pytest.mark.parametrize("role", ROLES)
def test_nobody_does_anything_in_another_territory(matrix, role):
    duties = NATIONAL_DUTIES if role in national_roles() else set()
    done = {(kind, act) for kind, act, whose in matrix.outcomes[role].done if whose == OTHER}
    assert done == duties
    assert not matrix.outcomes[role].errors


@pytest.mark.parametrize("role", [NOBODY, ANONYMOUS])
def test_whoever_has_no_role_does_nothing_at_all(matrix, role):
    assert not matrix.outcomes[role].done


@pytest.mark.parametrize("role", TERRITORIAL)
def test_each_role_is_good_for_something(matrix, role):
    assert {whose for _kind, _act, whose in matrix.outcomes[role].done} == {OWN}


@needs_all_roles
def test_the_printed_matrix_says_what_happens(matrix, request):
    found = written(matrix.kinds, matrix.outcomes)
    if request.config.getoption("write_permissions"):
        PATH.write_text(found, encoding="utf-8")
    printed = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
    changed = difflib.unified_diff(
        printed.splitlines(), found.splitlines(), "printed", "what happens", lineterm="", n=0
    )
    assert printed == found, f"Stale: run `{COMMAND}`, then read what changed.\n" + "\n".join(
        changed
    )
