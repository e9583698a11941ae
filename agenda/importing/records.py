"""What a reader makes of a file: one neutral record an event, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from territories.importing.records import Name, Refused


@dataclass(frozen=True)
class ReadDate:
    """As `agenda.EventDate`. `seed` is what makes its key: the same at each reading."""

    seed: str
    start: datetime
    end: datetime | None = None
    is_all_day: bool = False
    repeat: str = ""
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    until: date | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class ReadChange:
    """As `agenda.DateChange`; `original` is None for a date that was added."""

    kind: str
    original: datetime | None = None
    start: datetime | None = None
    end: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Place:
    name: str = ""
    address: str = ""
    postcode: str = ""
    commune: str = ""
    insee_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    # What was said in one line, when it was.
    line: str = ""


@dataclass
class ReadEvent:
    """What the source says. `fields`: texts and facts under the names that `EventPage` gives them;
    what the source is silent about is absent, and is never overwritten."""

    name: Name
    external_id: str
    source: str
    dates: Sequence[ReadDate] = ()
    changes: Sequence[ReadChange] = ()
    place: Place | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    keywords: Sequence[str] = ()
    # Kept as a fact of the source, never fetched: see `ImportedEvent.said`.
    image_url: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReadFile:
    """`is_whole`: what it does not hold is gone from its source. `notes` are about all of it."""

    records: Sequence[ReadEvent | Refused]
    is_whole: bool
    notes: Sequence[str] = ()
