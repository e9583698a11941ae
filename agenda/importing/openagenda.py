"""OpenAgenda's JSON, version 2: the export of an agenda, `{"events": […]}`, or one event.

https://developers.openagenda.com/10-lecture/ describes the fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from agenda.dates.rules import on_the_wall
from agenda.models import Status
from agenda.models.welcome import Accessibility
from territories.days import YEARS
from territories.importing.reading import parsed_json
from territories.importing.records import BadFile, BadRecord, Name, Refused
from territories.importing.texts import clean, cut, one_line, plain, web_address
from territories.pages.base import SOURCE_LANGUAGE

from . import bounds
from .coming import price_of, registration_of, text_of, words_of
from .days import dates_of, utc
from .records import Place, ReadEvent, ReadFile
from .texts import bounded, rich_text, summary_of

SCHEDULED, RESCHEDULED, MOVED_ONLINE, POSTPONED, FULL, CANCELLED = range(1, 7)
STATUSES = {FULL: Status.FULL, CANCELLED: Status.CANCELLED, POSTPONED: Status.POSTPONED}
ONLINE, MIXED = 2, 3
PUBLISHED = 2
# The clocks change on two of them.
WHOLE_DAYS = {timedelta(hours=hours, minutes=59) for hours in (22, 23, 24)}


def read_openagenda(text: str, *, zone: ZoneInfo, today: date, source: str = "") -> ReadFile:
    """`today` is there as for the other format: nothing here depends on it. Raises BadFile."""
    found, is_whole = events_in(parsed_json(text))
    if len(found) > bounds.RECORDS:
        raise BadFile(
            _("Ce fichier compte plus de %(number)s rendez-vous. Coupez-le en plusieurs.")
            % {"number": bounds.RECORDS}
        )
    records = list(records_of(found, zone, source))
    return ReadFile(records, is_whole=is_whole)


def events_in(content: Any) -> tuple[list[Any], bool]:
    """The events, and whether they are all that their source has."""
    if isinstance(content, list):
        return content, True
    if isinstance(content, dict):
        if isinstance(content.get("events"), list):
            return content["events"], True
        if isinstance(content.get("event"), dict):
            return [content["event"]], False
        if "timings" in content:
            return [content], False
        if {"schema", "settings", "slug"} & content.keys():
            raise BadFile(
                _("Ce fichier décrit un agenda OpenAgenda, pas ses rendez-vous. Exportez-les.")
            )
    raise BadFile(_("Ce fichier ne contient pas de rendez-vous OpenAgenda."))


def records_of(found: Sequence[Any], zone: ZoneInfo, source: str) -> Iterator[ReadEvent | Refused]:
    patience = bounds.Patience()
    for number, item in enumerate(found, start=1):
        name = Name(number)
        try:
            patience.check()
            if not isinstance(item, dict):
                raise BadRecord(_("ce n’est pas un rendez-vous."))
            title, language = words_of(item.get("title"))
            name = Name(
                number, cut(one_line(title), 500), one_line(item.get("uid"))[: bounds.IDENTIFIER]
            )
            yield event_of(item, name, language, zone, source)
        except BadRecord as error:
            yield Refused(name, str(error), name.identifier)
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, RecursionError):
            reason = _("une de ses valeurs n’est pas de la forme attendue.")
            yield Refused(name, reason, name.identifier)


def event_of(
    item: Mapping[str, Any], name: Name, language: str, zone: ZoneInfo, source: str
) -> ReadEvent:
    refuse_hidden(item)
    if not name.identifier:
        raise BadRecord(_("il n’a pas d’identifiant (uid)."))
    if not name.title:
        raise BadRecord(_("il n’a pas de titre."))
    notes: list[str] = []
    if language and language != SOURCE_LANGUAGE:
        notes.append(
            _("ses textes sont en « %(language)s » : traduisez-les.") % {"language": language[:5]}
        )
    timings = list(timings_of(item))
    whole = [(start, None) for start, end in timings if is_whole_day(start, end, zone)]
    hours = [timing for timing in timings if not is_whole_day(*timing, zone)]
    dates = dates_of(whole, zone, seed=name.identifier, is_all_day=True)
    dates += dates_of(hours, zone, seed=name.identifier)
    if not dates:
        raise BadRecord(_("il n’a pas de date."))
    agenda = item.get("originAgenda") or {}
    event = ReadEvent(
        name,
        name.identifier,
        cut(source or " ".join(filter(None, ["OpenAgenda", one_line(agenda.get("uid"))])), 100),
        dates,
        notes=notes,
        place=place_of(item.get("location")),
        keywords=keywords_of(item.get("keywords")),
        image_url=image_of(item.get("image")),
    )
    event.fields = fields_of(item, name, notes)
    return event


def refuse_hidden(item: Mapping[str, Any]) -> None:
    if item.get("draft") or item.get("state", PUBLISHED) != PUBLISHED:
        raise BadRecord(_("il n’est pas publié sur OpenAgenda."))
    if item.get("private"):
        raise BadRecord(_("il est privé sur OpenAgenda."))


def timings_of(item: Mapping[str, Any]) -> Iterator[tuple[datetime, datetime | None]]:
    timings = item.get("timings") or []
    if not isinstance(timings, list):
        raise BadRecord(_("ses horaires ne se lisent pas."))
    if len(timings) > bounds.DAYS:
        raise BadRecord(
            _("il compte %(number)s dates, et %(most)s au plus sont reprises.")
            % {"number": len(timings), "most": bounds.DAYS}
        )
    for timing in timings:
        start = moment_of(timing.get("begin") or timing.get("start"), item)
        end = moment_of(timing["end"], item) if timing.get("end") else None
        yield start, end if end and end > start else None


def is_whole_day(start: datetime, end: datetime | None, zone: ZoneInfo) -> bool:
    """From midnight to a minute before the next: OpenAgenda has no other way to say it."""
    wall = on_the_wall(start, zone)
    return end is not None and wall.time() == time.min and end - start in WHOLE_DAYS


def moment_of(value: Any, item: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(item.get("timezone") or "Europe/Paris"))
    except (ValueError, KeyError, OSError) as error:
        raise BadRecord(_("une de ses dates n’est pas comprise.")) from error
    if found.year not in YEARS:
        raise BadRecord(_("vérifiez l’année : %(year)s.") % {"year": found.year})
    return utc(found)


def fields_of(item: Mapping[str, Any], name: Name, notes: list[str]) -> dict[str, Any]:
    if len(name.title) > bounds.TITLE:
        notes.append(_("son titre est coupé."))
    long, is_cut = bounded(clean(text_of(item.get("longDescription"))))
    if is_cut:
        notes.append(_("sa description est coupée."))
    status = number_of(item.get("status"))
    if status == RESCHEDULED:
        notes.append(_("la source dit que ses dates ont changé."))
    words = summary_of(plain(clean(text_of(item.get("description")))) or plain(long))
    attendance = number_of(item.get("attendanceMode"))
    link = web_address(item.get("onlineAccessLink"))
    fields = {
        "title": cut(name.title, bounds.TITLE),
        "summary": words or cut(name.title, bounds.TITLE),
        "body": rich_text(long, markdown=True),
        "status": STATUSES.get(status, Status.SCHEDULED).value,
        "is_online": bool(link) or attendance in {ONLINE, MIXED} or status == MOVED_ONLINE,
        "online_url": link,
        "source_url": web_address(item.get("canonicalUrl")),
        "accessibility": accessibility_of(item.get("accessibility")),
    }
    return fields | price_of(item) | registration_of(item.get("registration"))


def number_of(value: Any) -> int | None:
    """A code; older exports hold `{"id": 1, "label": …}`."""
    value = value.get("id") if isinstance(value, dict) else value
    return value if isinstance(value, int) else None


def accessibility_of(value: Any) -> list[str]:
    """OpenAgenda's five codes, which are ours."""
    if not isinstance(value, dict):
        return []
    return [code for code in Accessibility.values if value.get(code) is True]


def place_of(value: Any) -> Place | None:
    if not isinstance(value, dict):
        return None
    latitude, longitude = value.get("latitude"), value.get("longitude")
    return Place(
        name=one_line(value.get("name")),
        address=one_line(value.get("address")),
        postcode=one_line(value.get("postalCode")),
        commune=one_line(value.get("city")),
        insee_code=one_line(value.get("insee")),
        latitude=float(latitude) if isinstance(latitude, int | float) else None,
        longitude=float(longitude) if isinstance(longitude, int | float) else None,
    )


def keywords_of(value: Any) -> list[str]:
    found = value.get(SOURCE_LANGUAGE) if isinstance(value, dict) else value
    return [one_line(word) for word in found[:50]] if isinstance(found, list) else []


def image_of(value: Any) -> str:
    if isinstance(value, dict):
        return web_address(f"{value.get('base') or ''}{value.get('filename') or ''}")
    return web_address(value)
