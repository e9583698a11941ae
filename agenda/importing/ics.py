"""iCalendar files (RFC 5545), as programs write them.

One record an UID: the event and the changes of its single dates. Events that this agenda exported
come back as one each, whose dates are several VEVENTs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Event

from agenda.calendars.ics import UID_DOMAIN
from agenda.models import Status
from territories.importing.records import BadRecord, Name, Refused
from territories.importing.texts import cut, one_line

from . import bounds
from .clocks import Clock
from .content_lines import EVENT, Chunk, contents_of
from .facts import (
    description_of,
    fields_of,
    image_of,
    keywords_of,
    note_of,
    place_of,
    put_online,
    state_of,
)
from .records import ReadChange, ReadDate, ReadEvent, ReadFile
from .series import Series, series_of
from .spans import value_of

# As `agenda.calendars` writes it: the event, then its date.
OUR_UID = re.compile(rf"([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})-(.+)@{UID_DOMAIN}")
UNREADABLE = gettext_lazy("une de ses lignes ne se lit pas.")
NAMES = ("X-WR-CALNAME", "NAME", "PRODID")


@dataclass
class Entry:
    """One VEVENT. `event_id`: what its event is known by, `date_id` what its date is."""

    name: Name
    component: Event
    event_id: str
    date_id: str
    is_ours: bool
    has_no_uid: bool
    # The date that it changes, as it is written there; "" for the event itself.
    changes: str
    sequence: int

    @property
    def age(self) -> tuple[int, int]:
        """The latest of several says how it is now."""
        return self.sequence, self.name.number


def read_ics(text: str, *, zone: ZoneInfo, today: date, source: str = "") -> ReadFile:
    """`zone`: the territory's, for moments that say no other. `source`: instead of the calendar's
    own name. Raises BadFile."""
    contents = contents_of(text)
    head = contents.head
    clock = Clock(zone, chunks=contents.zones, said=head.get("X-WR-TIMEZONE", ""))
    source = cut(source or next(filter(None, (text_of(head, name) for name in NAMES)), "ics"), 100)
    records: list[ReadEvent | Refused] = []
    entries: dict[str, list[Entry]] = defaultdict(list)
    for chunk in contents.chunks:
        try:
            entry = entry_of(chunk)
            entries[entry.event_id].append(entry)
        except BadRecord as error:
            name = name_of(chunk)
            records.append(Refused(name, str(error), name.identifier))
    patience = bounds.Patience()
    for found in entries.values():
        records += events_of(found, source=source, clock=clock, today=today, patience=patience)
    if head.get("METHOD", "").upper() == "CANCEL":
        for record in records:
            if isinstance(record, ReadEvent):
                record.fields["status"] = Status.CANCELLED.value
    records.sort(key=lambda record: record.name.number)
    return ReadFile(records, is_whole=True, notes=notes_of(clock))


def text_of(head: Mapping[str, str], name: str) -> str:
    return one_line(re.sub(r"\\([,;\\])", r"\1", head.get(name, "")))


def notes_of(clock: Clock) -> list[str]:
    notes = []
    if clock.has_floating:
        notes.append(
            _("Des heures sans fuseau horaire sont lues à l’heure de %(zone)s.")
            % {"zone": getattr(clock.floating, "key", clock.floating)}
        )
    if clock.unknown:
        names = ", ".join(sorted(clock.unknown)[:5])
        notes.append(
            _("Fuseau horaire inconnu (%(names)s) : ces heures sont lues à l’heure de %(zone)s.")
            % {"names": names, "zone": clock.zone.key}
        )
    return notes


def name_of(chunk: Chunk) -> Name:
    """By what its lines say, though they may not be readable."""
    said = {}
    for line in chunk.lines:
        name, _colon, value = line[:300].partition(":")
        said.setdefault(name.split(";")[0].strip().upper(), one_line(value))
    return Name(chunk.number, said.get("SUMMARY", ""), said.get("UID", ""))


def entry_of(chunk: Chunk) -> Entry:
    if chunk.kind != EVENT:
        raise BadRecord(
            _("ce n’est pas un rendez-vous, c’est un « %(kind)s ».") % {"kind": chunk.kind}
        )
    if chunk.trouble:
        raise BadRecord(chunk.trouble)
    try:
        component = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *chunk.lines, "END:VEVENT", ""]))
        title, uid = one_line(value_of(component, "SUMMARY")), one_line(value_of(component, "UID"))
        original = value_of(component, "RECURRENCE-ID")
        changes = original.to_ical().decode() if original is not None else ""
        sequence = int(value_of(component, "SEQUENCE") or 0)
    except Exception as error:  # whatever a parser meets in a file
        raise BadRecord(_("il ne se lit pas.")) from error
    has_no_uid = not uid
    if has_no_uid and not title:
        raise BadRecord(_("il n’a ni titre ni identifiant."))
    if has_no_uid:
        # The same file read again gives the same one.
        said = f"{title} {component.get('DTSTART')}"
        uid = f"sans-uid-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}"
    elif len(uid) > bounds.IDENTIFIER:
        uid = f"{uid[:100]}~{sha256(uid.encode('utf-8', 'replace')).hexdigest()}"
    name = Name(chunk.number, title, uid)
    ours = OUR_UID.fullmatch(uid)
    event_id, date_id = (ours[1], ours[2]) if ours else (uid, uid)
    return Entry(name, component, event_id, date_id, bool(ours), has_no_uid, changes, sequence)


def events_of(
    entries: Sequence[Entry],
    *,
    source: str,
    clock: Clock,
    today: date,
    patience: bounds.Patience,
) -> Iterator[ReadEvent | Refused]:
    """The event that some VEVENTs of one identifier make; what cannot be read is refused alone."""
    masters: dict[str, Entry] = {}
    for entry in sorted((one for one in entries if not one.changes), key=lambda one: one.age):
        if (older := masters.get(entry.date_id)) is not None:
            yield Refused(
                older.name,
                _("il a le même identifiant que le n° %(number)s, plus récent.")
                % {"number": entry.name.number},
                older.event_id,
            )
        masters[entry.date_id] = entry
    changes: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in sorted((one for one in entries if one.changes), key=lambda one: one.age):
        if entry.date_id in masters:
            changes[entry.date_id][entry.changes] = entry
        else:
            # A date of a series that the file does not hold stands alone.
            masters[f"{entry.date_id} {entry.changes}"] = entry
    dated: list[tuple[Entry, Series]] = []
    notes: list[str] = []
    for key, master in sorted(masters.items(), key=lambda one: one[1].name.number):
        overrides = [entry.component for entry in changes[key].values()]
        try:
            patience.check()
            if not master.name.title:
                raise BadRecord(_("il n’a pas de titre."))
            series = series_of(
                master.component, overrides, clock=clock, today=today, seed=key, notes=notes
            )
            dated.append((master, series))
        except BadRecord as error:
            yield Refused(master.name, str(error), master.event_id)
        except Exception:  # a property that cannot be read says so when it is asked for
            yield Refused(master.name, str(UNREADABLE), master.event_id)
    if dated:
        try:
            yield event_of(dated, source=source, notes=notes)
        except BadRecord as error:
            yield Refused(dated[0][0].name, str(error), dated[0][0].event_id)
        except Exception:  # as above
            yield Refused(dated[0][0].name, str(UNREADABLE), dated[0][0].event_id)


def event_of(dated: Sequence[tuple[Entry, Series]], *, source: str, notes: list[str]) -> ReadEvent:
    entry = dated[0][0]
    if entry.is_ours:
        # Of several dates, one that has nothing of its own.
        entries = [one for one, _series in dated]
        entry = min(entries, key=lambda one: len(description_of(one.component)))
    component, is_ours = entry.component, entry.is_ours
    states = {one.name: state_of(one.component, is_ours=is_ours) for one, _series in dated}
    status = states[entry.name] if len(set(states.values())) == 1 else Status.SCHEDULED
    dates: list[ReadDate] = []
    changes: list[ReadChange] = []
    for one, series in dated:
        note = note_of(one.component, component) if one is not entry else ""
        dates += series.dates
        changes += series.with_state(states[one.name], status, note)
    if len(dates) > bounds.DATES:
        raise BadRecord(_("il a trop de dates différentes."))
    event = ReadEvent(dated[0][0].name, entry.event_id, source, dates, changes, notes=notes)
    if entry.has_no_uid:
        notes.append(_("il n’a pas d’identifiant : son titre et son début en tiennent lieu."))
    event.fields = fields_of(component, is_ours=is_ours, notes=notes) | {"status": status.value}
    event.place = place_of(component)
    event.keywords = keywords_of(component)
    event.image_url = image_of(component)
    put_online(event, component)
    return event
