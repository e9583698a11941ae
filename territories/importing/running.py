"""A plan carried out from end to end, and told in the journal of its territory."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone, translation

from territories.audit.recording import record
from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import zone_of

from .plan import Kind, Plan
from .writing import Writer, apply_plan

Progress = Callable[[int, int], None]


def carry_out_plan(
    plan: Plan,
    *,
    writer: type[Writer],
    action: str,
    gone_as: str,
    progress: Progress | None = None,
) -> None:
    """Write what a plan says. Raises BadFile, before anything is written.

    `action`: what the journal calls it. Its sentence names the `source`, how many were `made` and
    `changed`, and under the name `gone_as` what was done to those that are gone.
    """
    done = 0
    try:
        with translation.override(SOURCE_LANGUAGE), timezone.override(zone_of(plan.territory)):
            for done, total in apply_plan(plan, writer(plan)):
                if progress is not None:
                    progress(done, total)
    finally:
        # Of an interrupted one, what was written.
        if done:
            tell(plan, action, gone_as)


def tell(plan: Plan, action: str, gone_as: str) -> None:
    written = [
        row.kind
        for row in plan.rows
        if row.is_written and (row.changes or row.publishes or row.marks)
    ]
    counts = {
        "made": written.count(Kind.NEW),
        "changed": written.count(Kind.CHANGED),
        gone_as: written.count(Kind.GONE),
    }
    if any(counts.values()):
        record(
            territory=plan.territory,
            action=action,
            user=None,
            source=", ".join(plan.sources)[:200],
            **counts,
        )
