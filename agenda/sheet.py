"""What the page of one event says: its dates in words, its place, and how to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from territories.pages.translations import address_in
from territories.plugins.marks import badge_pages
from territories.words import period_words, sentence

from .dates.occurrences import HORIZON, planned
from .dates.told import ToldDate, told
from .dates.words import when_words
from .facts import essentials_of, names_of, welcome_of
from .lines import Line, line_of
from .models import EventPage, Occurrence, Status
from .models.places import REGISTER
from .queries import NEXT
from .registration.desk import Desk
from .registration.places import left_by_occurrence
from .venues import Venue

# Further dates of a series are told by its sentence.
SHOWN_DATES = 6

BANNERS = {
    Status.CANCELLED: (
        "danger",
        gettext_lazy("Ce rendez-vous est annulé."),
        gettext_lazy("Il n’aura pas lieu."),
    ),
    Status.POSTPONED: (
        "warn",
        gettext_lazy("Ce rendez-vous est reporté."),
        gettext_lazy("La nouvelle date sera donnée ici."),
    ),
    Status.FULL: (
        "warn",
        gettext_lazy("C’est complet."),
        gettext_lazy("Il n’y a plus de place."),
    ),
}
# Its rule goes on; nobody knows yet whether there will be others.
ALL_CANCELLED = (
    "danger",
    gettext_lazy("Les prochaines dates sont annulées."),
    gettext_lazy("Elles n’auront pas lieu."),
)
OFF = (Status.CANCELLED, Status.POSTPONED)


class Sheet:
    """`page` gives the words in its language, its record the facts. One reading per request."""

    def __init__(self, page: EventPage, request: HttpRequest, now: datetime | None = None) -> None:
        self.page = page
        self.record: EventPage = page.record
        self.request = request
        self.now = now or timezone.now()

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """The next ones, one more than is shown to know whether there are others; none left, the
        last one. One query."""
        if not self.is_draft:
            ahead = self.record.occurrences.filter(over_at__gt=self.now)
            last = self.record.occurrences.order_by("-start")[:1]
            found = self.record.occurrences.filter(
                Q(pk__in=ahead.values("pk")[: SHOWN_DATES + 1]) | Q(pk__in=last.values("pk"))
            )
            return list(found)
        return [
            Occurrence(event=self.record, **moment._asdict())
            for moment in planned(self.record, self.now + HORIZON)
        ]

    @property
    def is_draft(self) -> bool:
        """A preview shows the dates just typed, from which no occurrence was made yet."""
        return getattr(self.request, "is_preview", False) or not self.record.live

    @cached_property
    def upcoming(self) -> list[Occurrence]:
        found = [one for one in self.occurrences if one.over_at > self.now][: SHOWN_DATES + 1]
        self.left = left_by_occurrence((self.record, one.key) for one in found)
        for one in found:
            # No place left on the site is said as when the team says that it is full.
            if self.left.get((self.record.pk, one.key)) == 0 and one.status == Status.SCHEDULED:
                one.status = Status.FULL
        return found

    @property
    def last(self) -> Occurrence | None:
        return self.occurrences[-1] if self.occurrences else None

    @cached_property
    def shown(self) -> Occurrence | None:
        """The one in the window: the next that is to be, else the next, else the last."""
        to_be = (one for one in self.upcoming if one.status != Status.CANCELLED)
        return next(to_be, self.upcoming[0] if self.upcoming else self.last)

    @property
    def is_past(self) -> bool:
        return not self.upcoming and self.last is not None

    @cached_property
    def line(self) -> Line:
        badge_pages([self.record], self.request.territory)
        for name in NEXT:
            setattr(self.record, f"next_{name}", getattr(self.shown, name, None))
        return line_of(self.record, self.record.territory)

    def said_anew(self) -> Sheet:
        """The same in the language of now, where it may have been said in another. No query."""
        # Made before: the record knows its next occurrence from it.
        record = self.line.record
        said = copy(self)
        said.line = line_of(record, record.territory)
        return said

    @property
    def when(self) -> str:
        """« Mardi 8 décembre 2026, de 9 h 30 à 17 h », or the sentence of a series."""
        if self.shown is None:
            return ""
        words = sentence(self.words_of(self.shown))
        if self.line.repeat and not self.is_past:
            repeat = sentence(self.line.repeat)
            words = _("%(repeat)s. Prochaine date : %(date)s") % {
                "repeat": repeat,
                "date": self.words_of(self.shown),
            }
        if self.record.is_action and self.record.runs_from and not self.shown.is_period:
            # Its sessions are told within its own first and last days.
            period = sentence(period_words(self.record.runs_from, self.record.runs_until))
            return f"{period}. {words}"
        return words

    def words_of(self, one: Occurrence) -> str:
        return when_words(
            one.start, one.end, self.record.zone, is_all_day=one.is_all_day, year=True
        )

    @property
    def dates(self) -> Sequence[ToldDate]:
        """The next dates, when there are several or when one has something of its own."""
        if self.record.status in OFF:
            return []
        shown = self.upcoming[:SHOWN_DATES]
        found = [told(one, self.record.zone) for one in shown]
        # A single one is full when its event is, which is said above.
        is_its_own = any(one.note or one.start != one.original for one in shown)
        return found if len(found) > 1 or is_its_own else []

    @property
    def has_more_dates(self) -> bool:
        return len(self.upcoming) > SHOWN_DATES

    @property
    def venue(self) -> Venue:
        return self.line.venue

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        return names_of(self.record, is_draft=self.is_draft)

    @property
    def essentials(self) -> list[dict]:
        return essentials_of(self)

    @property
    def welcome(self) -> list[dict]:
        return welcome_of(self)

    @property
    def price(self) -> str:
        return self.page.cost or (_("Gratuit") if self.record.is_free else _("Payant"))

    @property
    def to_bring(self) -> list[str]:
        return [line.strip() for line in self.page.to_bring.splitlines() if line.strip()]

    @property
    def partners(self) -> list[str]:
        return self.names["partners"]

    @property
    def organisers(self) -> list[str]:
        """Those who organise beside the first."""
        return self.names["organisers"]

    @property
    def phone(self) -> str:
        """To register, else to ask; the territory's own where the event has none."""
        mine = self.record.registration_phone or self.record.phone
        return mine or getattr(self.record.territory, "contact_phone", "")

    @property
    def banner(self) -> Mapping[str, Any] | None:
        if self.record.status in BANNERS:
            kind, title, text = BANNERS[self.record.status]
        elif self.upcoming and self.shown.status == Status.CANCELLED:
            kind, title, text = ALL_CANCELLED
        else:
            return None
        return {"kind": kind, "title": title, "text": text}

    @property
    def is_open(self) -> bool:
        """Somebody who reads this may still come."""
        if self.record.status != Status.SCHEDULED or self.is_past:
            return False
        return not self.upcoming or any(one.status == Status.SCHEDULED for one in self.upcoming)

    @cached_property
    def desk(self) -> Desk:
        upcoming = self.upcoming
        return Desk(self.record, now=self.now, occurrences=upcoming, left=self.left)

    @property
    def registration_url(self) -> str:
        address = address_in(self.page, get_language() or "", self.request)
        return f"{address}{REGISTER}/"

    @property
    def can_be_noted(self) -> bool:
        return bool(self.upcoming) and self.record.status != Status.CANCELLED

    @property
    def map_url(self) -> str:
        if not self.venue.has_coordinates:
            return ""
        latitude, longitude = self.venue.latitude, self.venue.longitude
        query = urlencode({"mlat": latitude, "mlon": longitude})
        return f"https://www.openstreetmap.org/?{query}#map=17/{latitude}/{longitude}"
