"""What the tests of accessibility of this version found, written by `make audit`.

`data/audit.json`: {"date", "tool", "rules", "pages": [{"template", "states", "violations"}],
"checks"}: `states` says in how many sizes, colours and languages a page was read, `rules` how many
were asked of each reading. Machines find part of the faults: these figures are told, and never
make a site conform.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

AUDIT = Path(__file__).parent / "data" / "audit.json"


@dataclass(frozen=True)
class MachineAudit:
    date: date
    tool: str
    rules: int
    templates: int
    readings: int
    violations: int
    checks: int


@cache
def machine_audit() -> MachineAudit | None:
    """None when nobody has run the tests for this version."""
    try:
        told = json.loads(AUDIT.read_text())
    except FileNotFoundError:
        return None
    pages = told["pages"]
    return MachineAudit(
        date=date.fromisoformat(told["date"][:10]),
        tool=told["tool"],
        rules=number(told["rules"]),
        templates=len({page["template"] for page in pages}),
        readings=sum(number(page["states"]) for page in pages),
        violations=sum(number(page["violations"]) for page in pages),
        checks=number(told.get("checks", 0)),
    )


def number(said: object) -> int:
    """A list is told by how many it holds."""
    return len(said) if isinstance(said, list | dict) else int(str(said))
