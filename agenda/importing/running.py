"""One import from end to end, for whoever has the bytes already."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from territories.importing.plan import Plan
from territories.importing.reading import text_of
from territories.importing.records import BadFile
from territories.importing.running import Progress, carry_out_plan
from territories.models import Territory
from territories.pages.base import SOURCE_LANGUAGE
from territories.territory import zone_of

from .apply import EventWriter
from .ics import read_ics
from .openagenda import read_openagenda
from .plan import plan_import
from .reading import ICS, OPENAGENDA, format_of
from .records import ReadFile

READERS = {ICS: read_ics, OPENAGENDA: read_openagenda}


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


def carry_out(plan: Plan, *, progress: Progress | None = None) -> None:
    """Write what a plan says, and tell it in the territory's journal. Raises BadFile."""
    carry_out_plan(
        plan,
        writer=EventWriter,
        action="agenda.import",
        gone_as="cancelled",
        progress=progress,
    )


def import_events(
    *,
    territory: Territory,
    content: bytes,
    format: str | None = None,
    publish: bool = False,
    cancel_gone: bool = False,
    source: str = "",
) -> Plan:
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
    return plan
