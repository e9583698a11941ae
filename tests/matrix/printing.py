"""The matrix as people read it: one table for each role."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .ground import national_roles, printed_roles
from .kinds import ACTS, Kind
from .trying import OTHER, OWN, Outcomes

PATH = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
COMMAND = "make permissions"
LEGEND = f"""\
# Who may do what

Written by `{COMMAND}`, never by hand. Every cell was tried, with real requests to the admin, and
read off the answer and the database. `tests/territories/test_matrix.py` fails when this page no
longer says what happens, when a kind of object has no row, and when anybody does something in
another territory.

## How to read it

One table for each role. A cell says what somebody with this role alone may do with **what belongs
to the own territory / what belongs to another territory**: `yes / no` is the rule of the house. For
the national team, its own is the portal's, and another's is that of any territory. What all share
(grids, terms, locales) stands before the stroke. A dash is an act that there is not, or that nobody
may do in the admin. Where a plugin is closed, its pages and its roles give nothing.

- **list**: it shows in the list of its kind.
- **view**: it opens: its history, its draft or its form.
- **choose**: a chooser offers it, or gives it when asked by its number.
- **create**: another of its kind is made in its place: under the same parent, in the same
  collection, on the same page.
- **edit**: a posted form changes it, as a draft where there are drafts. A proposal is taken into a
  draft, the roles of a member of the team are changed, the making of a territory goes on, a letter
  in doubt is taken as sent.
- **publish**, **unpublish**: it shows on the site, or no longer does. A proposal is put online,
  a letter in doubt leaves again.
- **delete**: it goes. A label or an invitation is withdrawn, a proposal refused, a translation
  stopped, a workflow or a task put out of use, somebody leaves the team.
- **move**: it goes under another page; another's: either way, images and documents to the other
  collection too. A member of the team hands over to another.
- **copy**: it is copied; another's: either way. A translation becomes an alias of its record, a
  letter to send is taken away as a file.
  Of the subscribers, the whole list is taken away.
- **API**: the API of the admin gives it. A translation is downloaded.
- **crafted**: a form that names it by its number is taken: in the body of a page, as a logo, a
  group that may read, a collection to add to, what a translation shows, a team to give a role in.
  Of the subscribers, a file of addresses is brought.

Redirects, promoted search results and free tags are not installed. `no role` is a person with an
account and no group, `anonymous` nobody at all.
"""


def written(kinds: list[Kind], outcomes: Mapping[str, Outcomes]) -> str:
    done = {cell[:2] for found in outcomes.values() for cell in found.done}
    parts = [LEGEND]
    for role in printed_roles():
        parts.append(f"## {heading(role)}\n\n{table(kinds, outcomes[role], done)}\n")
    return "\n".join(parts)


def heading(role: str) -> str:
    return f"`{role}` (national team)" if role in national_roles() else f"`{role}`"


def table(kinds: list[Kind], found: Outcomes, done: set[tuple[str, str]]) -> str:
    lines = [f"| | {' | '.join(ACTS)} |", f"|---|{'---|' * len(ACTS)}"]
    for kind in kinds:
        if kind.printed:
            cells = [cell(kind.name, act, found, done) for act in ACTS]
            lines.append(f"| {kind.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(kind: str, act: str, found: Outcomes, done: set[tuple[str, str]]) -> str:
    """`done`: what somebody may do at all."""
    words = [
        {True: "yes", False: "no", None: "–"}[found.cells[kind, act, whose]]
        for whose in (OWN, OTHER)
    ]
    return " / ".join(words) if (kind, act) in done and set(words) != {"–"} else "–"
