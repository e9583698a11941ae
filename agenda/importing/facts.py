"""What one component of a calendar says of its event, beside its dates (RFC 5545 3.8.1)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Event

from agenda.calendars.ics import PREFIXES
from agenda.models import Status
from territories.importing.texts import clean, cut, has_markup, one_line, plain, web_address

from . import bounds
from .records import Place, ReadEvent
from .spans import each, value_of
from .texts import bounded, rich_text, summary_of

ONLINE = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
NOTE = 200
# A first paragraph that says too little to be a summary: « Bonjour, ».
SHORT = 15


def status_of(component: Event) -> str:
    return one_line(value_of(component, "STATUS")).upper()


def bare(title: str) -> tuple[Status | None, str]:
    """The state that a title begins with, as ours do, and what else it says."""
    for status, sign in PREFIXES.items():
        prefix = str(sign).removesuffix("%s")
        if title.startswith(prefix):
            return status, title.removeprefix(prefix)
    return None, title


def state_of(component: Event, *, is_ours: bool) -> Status:
    """Calendars have no word for some of our states: the title says them."""
    said, _title = bare(one_line(value_of(component, "SUMMARY")))
    if status_of(component) == "CANCELLED":
        return Status.CANCELLED
    return said if is_ours and said else Status.SCHEDULED


def description_of(component: Event) -> str:
    return clean(value_of(component, "X-ALT-DESC") or value_of(component, "DESCRIPTION"))


def note_of(component: Event, master: Event) -> str:
    """What a component says that its master does not: another title, or words before the same
    description."""
    _status, title = bare(one_line(value_of(component, "SUMMARY")))
    _status, usual = bare(one_line(value_of(master, "SUMMARY")))
    said, known = description_of(component), description_of(master)
    before = said.removesuffix(known).strip() if known and said.endswith(known) else ""
    note = title if title and title != usual else one_line(before)
    return cut(note, NOTE)


def fields_of(component: Event, *, is_ours: bool, notes: list[str]) -> dict[str, Any]:
    title = one_line(value_of(component, "SUMMARY"))
    if is_ours:
        _status, title = bare(title)
    elif status_of(component) == "TENTATIVE":
        notes.append(_("la source dit qu’il reste à confirmer."))
    if len(title) > bounds.TITLE:
        notes.append(_("son titre est coupé."))
    text, is_cut = bounded(description_of(component))
    if is_cut:
        notes.append(_("sa description est coupée."))
    url = web_address(value_of(component, "URL"))
    summary, body = summary_and_body(text, url)
    return {
        "title": cut(title, bounds.TITLE),
        "summary": summary or cut(title, bounds.TITLE),
        "body": body,
        "source_url": url,
    }


def summary_and_body(text: str, url: str) -> tuple[str, str]:
    """The first paragraph, when it is short, and what follows; else the first sentence, and all."""
    words = plain(text)
    if url:
        words = words.removesuffix(url).strip()
    first, _break, rest = words.partition("\n\n")
    if len(first) < SHORT:
        first, rest = words, ""
    summary = summary_of(first)
    if has_markup(text):
        body = rich_text(text)
        return summary, "" if body == f"<p>{escape(summary, quote=False)}</p>" else body
    return summary, rich_text(rest if summary == " ".join(first.split()) else words)


def place_of(component: Event) -> Place | None:
    line = clean(value_of(component, "LOCATION"))
    if not line or web_address(line):
        return None
    geo = value_of(component, "GEO")
    latitude, longitude = getattr(geo, "latitude", None), getattr(geo, "longitude", None)
    return Place(line=line[:500], latitude=latitude, longitude=longitude)


def put_online(event: ReadEvent, component: Event) -> None:
    found = [value_of(component, name) for name in (*ONLINE, "LOCATION")]
    link = next(filter(None, map(web_address, found)), "")
    if link:
        event.fields |= {"is_online": True, "online_url": link}


def keywords_of(component: Event) -> list[str]:
    found: Iterable[Any] = each(component, "CATEGORIES")
    names = [name for one in found for name in getattr(one, "cats", [one])]
    return [one_line(name) for name in names[:50]]


def image_of(component: Event) -> str:
    for value in (*each(component, "IMAGE"), *each(component, "ATTACH")):
        kind = str(getattr(value, "params", {}).get("FMTTYPE", "image/"))
        if kind.lower().startswith("image/") and (address := web_address(value)):
            return address
    return ""
