"""One import from end to end, for whoever has the bytes already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from territories.audit.recording import record
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import zone_of

from .apply import apply_plan
from .ics import read_ics
from .openagenda import read_openagenda
from .plan import Kind, Plan, plan_import
from .reading import ICS, OPENAGENDA, format_of, text_of
from .records import BadFile, ReadFile

READERS = {ICS: read_ics, OPENAGENDA: read_openagenda}


@dataclass(frozen=True)
class Result:
    plan: Plan

    @property
    def counts(self) -> dict[str, int]:
        return {kind.value: self.plan.count(kind) for kind in Kind}


def read_file(
    *,
    territory: Territory,
    content: bytes,
    format: str | None = None,
    source: str = "",
    now: datetime | None = None,
) -> ReadFile:
    """`format`: "ics" or "openagenda"; None looks at the content. `source`: the name under which
    its events are known, instead of the one the file gives. Raises BadFile."""
    zone = zone_of(territory)
    text, notes = text_of(content)
    reader = READERS[format or format_of(text)]
    read = reader(
        text, zone=zone, today=(now or timezone.now()).astimezone(zone).date(), source=source
    )
    return ReadFile(read.records, read.is_whole, [*notes, *read.notes])


def plan_file(
    *,
    territory: Territory,
    content: bytes,
    format: str | None = None,
    publish: bool = False,
    cancel_gone: bool = False,
    source: str = "",
) -> Plan:
    """What `import_events` would do. Raises BadFile."""
    with translation.override(SOURCE_LANGUAGE), timezone.override(zone_of(territory)):
        if "agenda" not in territory.enabled_plugins:
            raise BadFile(_("Ce territoire n’a pas d’agenda : ouvrez-y le module."))
        read = read_file(territory=territory, content=content, format=format, source=source)
        return plan_import(territory=territory, read=read, publish=publish, cancel_gone=cancel_gone)


def carry_out(plan: Plan, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Write what a plan says, and tell it in the territory's journal. Raises BadFile."""
    zone = zone_of(plan.territory)
    done = 0
    try:
        with translation.override(SOURCE_LANGUAGE), timezone.override(zone):
            for done, total in apply_plan(plan):
                if progress is not None:
                    progress(done, total)
    finally:
        # Of an interrupted one, what was written.
        if done:
            tell(plan)


def tell(plan: Plan) -> None:
    written = [row for row in plan.rows if row.is_written and (row.changes or row.publishes)]
    counts = {
        "made": sum(row.kind == Kind.NEW for row in written),
        "changed": sum(row.kind == Kind.CHANGED for row in written),
        "cancelled": sum(row.kind == Kind.GONE for row in written),
    }
    if any(counts.values()):
        record(
            territory=plan.territory,
            action="agenda.import",
            user=None,
            source=", ".join(plan.sources)[:200],
            **counts,
        )


def import_events(
    *,
    territory: Territory,
    content: bytes,
    format: str | None = None,
    publish: bool = False,
    cancel_gone: bool = False,
    source: str = "",
) -> Result:
    """Read a calendar into a territory's agenda. Safe to run twice. Raises BadFile.

    `publish`: otherwise new events and changes wait as drafts. `cancel_gone`: mark as cancelled the
    upcoming events that the same source gave before and has no more. Records that cannot be read
    are refused rows of the plan; what was changed here since is kept.
    """
    plan = plan_file(
        territory=territory,
        content=content,
        format=format,
        publish=publish,
        cancel_gone=cancel_gone,
        source=source,
    )
    carry_out(plan)
    return Result(plan)
