"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agenda.models import EventPage, ImportedEvent, Occurrence, Status
from territories.importing.plan import Kind, Plan, Row, latest_values, may_publish, settle
from territories.importing.records import BadRecord, Name, Refused, refuse_twins
from territories.models import Territory
from territories.proposals.values import label_of

from .records import ReadEvent, ReadFile
from .values import Surroundings


def plan_import(
    *,
    territory: Territory,
    read: ReadFile,
    publish: bool = False,
    cancel_gone: bool = False,
    now: datetime | None = None,
) -> Plan:
    """Reads, and writes nothing. `cancel_gone`: what the source has no more is to be cancelled."""
    surroundings = Surroundings(territory)
    records = refuse_twins(read.records)
    events = [record for record in records if isinstance(record, ReadEvent)]
    sources = sorted({event.source for event in events})
    memory = Memory(territory, sources)
    rows = []
    for record in records:
        if isinstance(record, Refused):
            reason = str(record.reason)
            row = Row(Kind.REFUSED, record.name, external_id=record.external_id, reason=reason)
        else:
            row = planned(record, memory, surroundings, publish=publish)
        rows.append(row)
    notes = list(read.notes)
    if read.is_whole and events:
        there = {row.external_id for row in rows}
        rows += memory.gone(there, now or timezone.now(), cancel=cancel_gone, publish=publish)
    return Plan(territory, rows, notes, sources)


class Memory:
    """What came from these sources before."""

    def __init__(self, territory: Territory, sources: Sequence[str]) -> None:
        self.territory = territory
        self.known = {
            (one.source, one.external_id): one
            for one in ImportedEvent.objects.filter(territory=territory, source__in=sources)
        }
        pages = (
            EventPage.objects.records()
            .filter(territory=territory)
            .filter(
                Q(pk__in=[one.event_id for one in self.known.values() if one.event_id])
                | Q(source__in=sources)
            )
            .select_related("latest_revision", "locale", "territory")
        )
        self.pages = {page.pk: page for page in pages.order_by("pk")}
        # Of an archive that was read back, only the pages are left.
        self.by_id: dict[tuple[str, str | None], EventPage] = {}
        for page in self.pages.values():
            self.by_id.setdefault((page.source, page.external_id), page)

    def find(self, key: tuple[str, str]) -> tuple[ImportedEvent | None, EventPage | None]:
        known = self.known.get(key)
        if known is not None:
            return known, self.pages.get(known.event_id)
        return None, self.by_id.get(key)

    def gone(self, there: set[str], now: datetime, *, cancel: bool, publish: bool) -> Iterator[Row]:
        """Upcoming events that their source has no more."""
        upcoming = Occurrence.objects.filter(event=OuterRef("pk"), over_at__gt=now)
        missing = {
            key: one for key, one in self.known.items() if one.event_id and key[1] not in there
        }
        shown = set(
            EventPage.objects.filter(pk__in=[one.event_id for one in missing.values()])
            .filter(Exists(upcoming) | Q(live=False))
            .exclude(status=Status.CANCELLED)
            .values_list("pk", flat=True)
        )
        for number, (key, one) in enumerate(sorted(missing.items()), start=1):
            page = self.pages.get(one.event_id)
            if page is None or page.pk not in shown:
                continue
            row = Row(Kind.GONE, Name(number, page.title, key[1]), *key, known=one, page=page)
            status = latest_values(page, ["status"])["status"]
            if status == Status.CANCELLED:
                continue
            if cancel and not page.locked:
                if status == one.said.get("status", status):
                    row.here, row.changes = {"status": status}, {"status": Status.CANCELLED.value}
                    # Should it come back, it is not to be taken for cancelled by somebody here.
                    row.said = {**one.said, **row.changes}
                    row.publishes = publish and may_publish(page, row.notes)
                else:
                    row.kept = [label_of(EventPage, "status")]
            yield row


def planned(read: ReadEvent, memory: Memory, surroundings: Surroundings, *, publish: bool) -> Row:
    row = Row(Kind.NEW, read.name, read.source, read.external_id, notes=list(read.notes))
    try:
        wanted = surroundings.wanted(read)
    except BadRecord as error:
        row.refuse(str(error))
        return row
    row.known, row.page = memory.find((read.source, read.external_id))
    row.said = {**(row.known.said if row.known else {}), **wanted, "image_url": read.image_url}
    settle(row, wanted, publish=publish)
    return row
