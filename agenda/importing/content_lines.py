"""The raw lines of an iCalendar file, counted and sorted before anything is parsed (RFC 5545 3.1).

Each event is given apart, so that a broken one spoils no other; what stands inside it (alarms) is
left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.importing.records import BadFile

from . import bounds

EVENT, ZONE = "VEVENT", "VTIMEZONE"
RECORDS = {EVENT, "VTODO", "VJOURNAL", "VFREEBUSY"}
TOO_DEEP = gettext_lazy("il contient trop de parties, l’une dans l’autre.")
# Of an event that is refused, what people know it by.
KNOWN_BY = ("SUMMARY", "UID")


@dataclass
class Chunk:
    """The lines of one component. `trouble` says why it cannot be read, "" when it may be."""

    kind: str
    number: int
    lines: list[str] = field(default_factory=list)
    trouble: str = ""

    def add(self, line: str) -> None:
        if len(self.lines) >= bounds.LINES:
            self.trouble = _("il compte plus de %(lines)s lignes.") % {"lines": bounds.LINES}
        elif len(line) > bounds.LINE:
            self.trouble = _("une de ses lignes dépasse %(characters)s caractères.") % {
                "characters": bounds.LINE
            }
            if line[:60].upper().startswith(KNOWN_BY):
                self.lines.append(line[:200])
        else:
            self.lines.append(line)


@dataclass
class Contents:
    """`head`: the properties of the calendar itself, by name; the first of each counts. `zones`:
    the file's own time zones."""

    head: dict[str, str] = field(default_factory=dict)
    chunks: list[Chunk] = field(default_factory=list)
    zones: list[Chunk] = field(default_factory=list)


def unfolded(text: str) -> Iterator[str]:
    """Of a line that is too long, enough to see that it is."""
    held: list[str] = []
    length = 0
    # Not str.splitlines, which also cuts at separators that a text may hold.
    for line in StringIO(text, newline=None):
        line = line.rstrip("\n")
        if line[:1] in (" ", "\t") and held:
            if length <= bounds.LINE:
                held.append(line[1:])
                length += len(line) - 1
            continue
        if held:
            yield "".join(held)
        held, length = ([line], len(line)) if line.strip() else ([], 0)
    if held:
        yield "".join(held)


def contents_of(text: str) -> Contents:
    """Raises BadFile for a file that is no calendar, or that holds too much."""
    if max(text.count("\n"), text.count("\r")) > bounds.FILE_LINES:
        raise BadFile(_("Ce fichier compte trop de lignes. Coupez-le en plusieurs."))
    sorter = Sorter()
    for line in unfolded(text.lstrip("\ufeff")):
        if name := named(line, "BEGIN:"):
            sorter.begin(name)
        elif name := named(line, "END:"):
            sorter.end(name)
        else:
            sorter.keep(line)
    sorter.close()
    if not sorter.is_calendar and not sorter.found.chunks:
        raise BadFile(_("Ce fichier n’est pas un calendrier : il n’y a pas de BEGIN:VCALENDAR."))
    return sorter.found


class Sorter:
    """Where one stands in the file: in a calendar, in one of its components, in a part of that."""

    def __init__(self) -> None:
        self.found = Contents()
        self.is_calendar = False
        self.around: list[str] = []
        self.chunk: Chunk | None = None
        self.depth = 0

    def begin(self, name: str) -> None:
        self.is_calendar = self.is_calendar or name == "VCALENDAR"
        if name in RECORDS:
            self.close()
            self._begin_record(name)
        elif self.chunk is not None:
            self.depth += 1
            if self.depth > bounds.DEPTH:
                self.chunk.trouble = TOO_DEEP
        elif name == ZONE:
            self.chunk, self.depth = Chunk(name, 0), 0
            self.found.zones.append(self.chunk)
        else:
            self.around.append(name)
            if len(self.around) > bounds.DEPTH:
                raise BadFile(_("Ce fichier contient trop de parties, l’une dans l’autre."))

    def _begin_record(self, name: str) -> None:
        number = len(self.found.chunks) + 1
        if number > bounds.RECORDS:
            raise BadFile(
                _("Ce fichier compte plus de %(number)s rendez-vous. Coupez-le en plusieurs.")
                % {"number": bounds.RECORDS}
            )
        self.chunk, self.depth = Chunk(name, number), 0
        self.found.chunks.append(self.chunk)

    def end(self, name: str) -> None:
        if self.chunk is None:
            self.around = self.around[:-1]
        elif self.depth == 0 or name == self.chunk.kind:
            self.chunk = None
        else:
            self.depth -= 1

    def keep(self, line: str) -> None:
        if self.chunk is not None:
            # What stands in a part of an event is an alarm; in a part of a time zone, its offsets.
            if self.depth == 0 or self.chunk.kind == ZONE:
                self.chunk.add(line)
        elif self.around[-1:] == ["VCALENDAR"]:
            name, _colon, value = line.partition(":")
            self.found.head.setdefault(name.split(";")[0].strip().upper(), value[:500].strip())

    def close(self) -> None:
        """At the end of the file, or where another event begins."""
        if self.chunk is not None and self.chunk.kind != ZONE:
            self.chunk.trouble = self.chunk.trouble or _("sa fin manque dans le fichier.")
        self.chunk = None


def named(line: str, word: str) -> str:
    """The name of the component that a line begins, or ends; "" for any other line."""
    start = line[:40].strip()
    return start[len(word) :].strip().upper() if start.upper().startswith(word) else ""
