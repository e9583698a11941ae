"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agenda.models import EventPage, ImportedEvent, Occurrence, Status
from territories.models import Territory
from territories.proposals.values import Values, label_of, plain_values, values_of

from .records import BadRecord, Name, ReadEvent, ReadFile, Refused, refuse_twins
from .values import Surroundings


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    REFUSED = "refused"


@dataclass
class Row:
    """`changes`: what the page is to be given. `kept`: fields that say something else here, and
    stay. `here`: what the page said of them. `said`: what the source says, to be remembered.
    `publishes`: the page goes on line. `is_written`: all of that was done."""

    kind: Kind
    name: Name
    source: str = ""
    external_id: str = ""
    known: ImportedEvent | None = None
    page: EventPage | None = None
    changes: Values = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    here: Values = field(default_factory=dict)
    said: Values = field(default_factory=dict)
    publishes: bool = False
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    is_written: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.changes or self.publishes or self.remembers)

    @property
    def fields(self) -> list[str]:
        """What changes, in words."""
        return [label_of(EventPage, name) for name in self.changes]

    @property
    def remembers(self) -> bool:
        """What the source says is to be noted, whatever becomes of the page."""
        if self.kind == Kind.REFUSED or (self.kind == Kind.GONE and not self.changes):
            return False
        return self.known is None or self.known.said != self.said


@dataclass
class Plan:
    territory: Territory
    rows: list[Row]
    notes: Sequence[str] = ()
    sources: Sequence[str] = ()

    def count(self, kind: Kind) -> int:
        return Counter(row.kind for row in self.rows)[kind]


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


def latest_values(page: EventPage, names: Sequence[str]) -> Values:
    """What a page says, or its draft, when there is one."""
    if page.latest_revision is None:
        return values_of(page, names)
    content = page.latest_revision.content
    if set(names) <= content.keys():
        return plain_values(EventPage, content, names)
    # Of before some field was there.
    return values_of(page.latest_revision.as_object(), names)


def planned(read: ReadEvent, memory: Memory, surroundings: Surroundings, *, publish: bool) -> Row:
    row = Row(Kind.NEW, read.name, read.source, read.external_id, notes=list(read.notes))
    try:
        wanted = surroundings.wanted(read)
    except BadRecord as error:
        row.kind, row.reason = Kind.REFUSED, str(error)
        return row
    row.known, row.page = memory.find((read.source, read.external_id))
    row.said = {**(row.known.said if row.known else {}), **wanted, "image_url": read.image_url}
    if row.page is None and row.known is not None:
        row.kind, row.said = Kind.UNCHANGED, row.known.said
        row.notes.append(_("supprimé ici : il ne revient pas."))
    elif row.page is None:
        row.changes, row.publishes = wanted, publish
    else:
        compare(row, wanted, publish=publish)
    return row


def compare(row: Row, wanted: Values, *, publish: bool) -> None:
    """What the source says, what it said, and what the page says now.

    A field that says here what the source had said follows the source. Any other was changed here.
    """
    page, before = row.page, row.known.said if row.known else {}
    here = latest_values(page, sorted(wanted))
    row.kind, row.here = Kind.UNCHANGED, here
    for name, value in wanted.items():
        if value == here[name]:
            continue
        is_untouched = here[name] == before[name] if name in before else not here[name]
        if is_untouched:
            row.changes[name] = value
        else:
            row.kept.append(label_of(EventPage, name))
    if page.locked:
        if row.changes:
            row.notes.append(_("la fiche est verrouillée : rien n’y change."))
        row.changes, row.said = {}, before
        return
    if row.changes:
        row.kind = Kind.CHANGED
    if publish and (row.changes or is_our_draft(page)) and may_publish(page, row.notes):
        row.kind, row.publishes = Kind.CHANGED, True


def is_our_draft(page: EventPage) -> bool:
    """Put there by an import that did not publish, and by nobody since."""
    is_new = not page.live and page.first_published_at is None
    return (is_new or (page.live and page.has_unpublished_changes)) and not is_somebodys(page)


def is_somebodys(page: EventPage) -> bool:
    return bool(page.latest_revision and page.latest_revision.user_id)


def may_publish(page: EventPage, notes: list[str]) -> bool:
    """Not what somebody is at work on, nor what somebody took off line."""
    if page.has_unpublished_changes and page.live and is_somebodys(page):
        notes.append(_("un brouillon attend sur cette fiche : le changement s’y ajoute."))
        return False
    if not page.live and (page.first_published_at or is_somebodys(page)):
        notes.append(_("la fiche n’est pas en ligne : elle y reste en brouillon."))
        return False
    return True
