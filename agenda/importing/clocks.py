"""Which clock a calendar speaks of. Programs name time zones in their own ways."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .content_lines import Chunk

OFFSET = re.compile(r"^([+-])(\d{2}):?(\d{2})")
UTC_NAMES = {"UTC", "GMT", "Z", "ETC/UTC", "ETC/GMT"}


@lru_cache(maxsize=1)
def zone_names() -> dict[str, str]:
    """Every name in lower case; Windows' own names lead to the cities."""
    names = {name.lower(): name for name in zoneinfo.available_timezones()}
    return {name.lower(): city for name, city in WINDOWS_TO_OLSON.items()} | names


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """« Europe/Paris », « Romance Standard Time », « /mozilla.org/20050126_1/Europe/Paris »."""
    words = name.strip().strip('"').strip("/").lower()[:200]
    parts = words.split("/")
    for tried in (words, "/".join(parts[-3:]), "/".join(parts[-2:])):
        if known := zone_names().get(tried):
            return zoneinfo.ZoneInfo(known)
    return None


def zones_of_file(chunks: Iterable[Chunk]) -> dict[str, tzinfo]:
    """The file's own time zones: by the city they say they are, or with the one offset they have.

    A zone of several offsets and no known name is nobody's: its rules are not worked out.
    """
    found: dict[str, tzinfo] = {}
    for chunk in chunks:
        values: dict[str, list[str]] = {}
        for line in chunk.lines:
            name, _colon, value = line.partition(":")
            values.setdefault(name.split(";")[0].upper(), []).append(value.strip())
        name = (values.get("TZID") or [""])[0]
        city = zone_named((values.get("X-LIC-LOCATION") or [""])[0])
        offsets = set(values.get("TZOFFSETTO", ()))
        zone = city or (fixed(offsets.pop()) if len(offsets) == 1 else None)
        if name and zone is not None:
            found.setdefault(name, zone)
    return found


def fixed(offset: str) -> tzinfo | None:
    found = OFFSET.match(offset)
    if found is None:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if length >= timedelta(hours=24):
        return None
    return timezone(-length if found[1] == "-" else length)


class Clock:
    """Reads the moments of one file. `notes` says once what was not as it should be."""

    def __init__(
        self, zone: zoneinfo.ZoneInfo, *, chunks: Iterable[Chunk] = (), said: str = ""
    ) -> None:
        """`zone`: the territory's. `said`: the zone that the calendar says it is in."""
        self.zone = zone
        self.own = zones_of_file(chunks)
        self.floating: tzinfo = zone_named(said) or zone
        self.unknown: set[str] = set()
        self.has_floating = False

    def moment(self, value: datetime, name: str = "") -> datetime:
        """Aware, with the zone that its rule is to repeat in."""
        if value.tzinfo is not None:
            return value
        if not name:
            self.has_floating = True
            return value.replace(tzinfo=self.floating)
        found = zone_named(name) or self.own.get(name)
        if found is None:
            found = UTC if name.strip().upper() in UTC_NAMES else None
        if found is None:
            self.unknown.add(name[:60])
        return value.replace(tzinfo=found or self.zone)

    def start_of(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)
