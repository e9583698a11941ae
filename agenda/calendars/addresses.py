"""Where what a visitor has narrowed is to be had by telephones, sites and spreadsheets.

Links to calendars on the web are plain links: nothing is asked of those sites before somebody
follows one, so that nobody is told of a visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from .series import span

if TYPE_CHECKING:
    from agenda.lists.programme import Programme
    from agenda.sheet import Sheet

GOOGLE, OUTLOOK = "https://calendar.google.com/calendar", "https://outlook.live.com/calendar/0"


class Addresses:
    """Those of one reading of the agenda, its filters in their query strings.

    What is subscribed to has no archive; what is downloaded has the one that is read.
    """

    def __init__(self, programme: Programme) -> None:
        self.request = programme.request
        self.followed = programme.feed_query
        self.read = programme.listing.query

    def _path(self, name: str, query: str) -> str:
        path = reverse(f"agenda:{name}")
        return f"{path}?{query}" if query else path

    @property
    def ics(self) -> str:
        return self._path("calendar", self.followed)

    @property
    def rss(self) -> str:
        return self._path("rss", self.followed)

    @property
    def csv(self) -> str:
        return self._path("csv", self.read)

    @property
    def json(self) -> str:
        return self._path("json", self.read)

    @property
    def webcal(self) -> str:
        """What makes a telephone subscribe instead of taking a copy."""
        return f"webcal://{self.request.get_host()}{self.ics}"

    @cached_property
    def full(self) -> str:
        """To be copied into a program that knows no webcal."""
        return self.request.build_absolute_uri(self.ics)

    @property
    def google(self) -> str:
        return f"{GOOGLE}/r?{urlencode({'cid': self.webcal})}"


class WebCalendar(NamedTuple):
    name: str
    url: str


def web_calendars(sheet: Sheet) -> Sequence[WebCalendar]:
    """Forms that only wait to be sent, for those who have no other calendar. They add one date, the
    next; the file has them all. An end that nobody said is the start, since they want one."""
    one = sheet.upcoming[0]
    start, end = span(one.start, one.end or one.start, sheet.record.zone, one.is_all_day)
    url = sheet.page.get_full_url(sheet.request)
    told = {"title": sheet.page.title, "words": f"{sheet.page.summary}\n\n{url}"}
    google = {
        "action": "TEMPLATE",
        "text": told["title"],
        "dates": f"{compact(start)}/{compact(end or start)}",
        "details": told["words"],
        "location": sheet.venue.full,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": told["title"],
        "startdt": start.isoformat(),
        "enddt": (end or start).isoformat(),
        "allday": str(one.is_all_day).lower(),
        "body": told["words"],
        "location": sheet.venue.full,
    }
    return (
        WebCalendar("Google Agenda", f"{GOOGLE}/render?{urlencode(google)}"),
        WebCalendar("Outlook.com", f"{OUTLOOK}/deeplink/compose?{urlencode(outlook)}"),
    )


def compact(moment: date) -> str:
    if isinstance(moment, datetime):
        return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{moment:%Y%m%d}"
