"""What every way to a report has in common: what the form begins with, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from agenda.models import Occurrence
from agenda.models.dates import Status
from labelling.models import INDICATORS, Moment, Report
from labelling.models.reports import HELD, WORDS
from territories.territory import zone_of

from .expecting import end_of
from .form import ReportForm
from .held import boxes
from .photos import add_photos, forget_photos
from .receiving import counts_the_whole, keep_report, sessions_of
from .sessions import key_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# The latest: a form of more would be too long for a telephone, and for a server.
MOST_SESSIONS = 52
BY_DAY, SESSION = "seances", "seance"
# Where each button that saves goes on, on the same page.
PARTS = ("qui", "resultats", "mots", "criteres", "photos", "envoyer")


class Filling:
    """One report, opened to be filled in by somebody. `report`: that of the whole."""

    def __init__(self, request: HttpRequest, report: Report) -> None:
        self.request, self.report = request, report
        self.sessions = sessions_of(report)
        self.first = self.first_report()
        self.past_days = past_days(report)
        self.drafts = "keep" in request.POST and report.received_at is None
        self.form = self.make_form()

    @property
    def may_count_by_day(self) -> bool:
        return len(self.past_days) > 1 or bool(self.sessions)

    @property
    def by_day(self) -> bool:
        """As the address says; else as it was counted so far."""
        if not self.may_count_by_day:
            return False
        said = self.request.GET.get("compter")
        if said:
            return said == BY_DAY
        if self.sessions or counts_the_whole(self.report):
            return bool(self.sessions)
        return bool(self.is_prefilled and self.first and sessions_of(self.first))

    @property
    def days(self) -> Sequence[date]:
        if not self.by_day:
            return []
        known = [row.happened_on for row in self.sessions]
        return sorted({*self.past_days[-MOST_SESSIONS:], *known})

    @property
    def opened(self) -> date | None:
        """The session that the address asks for."""
        asked = self.request.GET.get(SESSION, "")
        return next((day for day in self.days if key_of(day) == asked), None)

    def address_after(self, part: str) -> str:
        """Where a button that saves goes on: the next session, or another part of the page."""
        query = self.request.GET.copy()
        keys = [key_of(day) for day in self.days]
        if part in keys:
            following = keys[keys.index(part) + 1 :]
            if following:
                query["compter"], query[SESSION] = BY_DAY, following[0]
            part = f"{SESSION}-{following[0]}" if following else PARTS[2]
        elif part not in PARTS:
            part = PARTS[0]
        return f"{self.request.path}{'?' * bool(query)}{query.urlencode()}#{part}"

    def first_report(self) -> Report | None:
        """What was received just after, when this is the later report."""
        if self.report.moment != Moment.LATER:
            return None
        found = Report.objects.filter(
            label=self.report.label_id, moment=Moment.JUST_AFTER, happened_on=None
        )
        return found.received().first()

    @property
    def is_prefilled(self) -> bool:
        """The later report begins with what the first one said."""
        return self.first is not None and self.report.saved_at is None

    def initial(self) -> Mapping[str, Any]:
        source = self.first if self.is_prefilled and self.first else self.report
        rows = {row.happened_on: row for row in sessions_of(source)}
        return {
            **{name: getattr(source, name) for name in (*WORDS, "signed")},
            HELD: boxes(source.criteria_held),
            **{
                ReportForm.field_name(name, day): getattr(row, name)
                for day, row in [(None, source), *rows.items()]
                for name in INDICATORS
            },
        }

    def make_form(self) -> ReportForm:
        is_sent = self.request.method == "POST"
        return ReportForm(
            self.request.POST if is_sent else None,
            self.request.FILES if is_sent else None,
            report=self.report,
            days=self.days,
            drafts=self.drafts,
            opened=self.opened,
            initial=self.initial(),
        )

    @transaction.atomic
    def keep(self, user: User | None = None) -> None:
        """Write what the form holds, once it is valid."""
        form, said = self.form, self.form.cleaned_data
        # A session nobody knows anything of was not held, or not counted.
        counted = {day: form.figures_of(day) for day in form.days}
        sessions = {
            day: figures
            for day, figures in counted.items()
            if any(figure is not None for figure in figures.values())
        }
        keep_report(
            report=self.report,
            figures=None if self.by_day else form.figures_of(None),
            sessions=sessions if self.by_day else None,
            words={name: said[name] for name in (*WORDS, HELD, "signed")},
            confirmed=self.report.confirmed if self.drafts else said["confirmed"],
            is_sent=not self.drafts,
            user=user,
        )
        if gone := said.get("forget"):
            forget_photos(report=self.report, photos=gone)
        if form.pictures:
            add_photos(report=self.report, pictures=form.pictures)


def past_days(report: Report) -> list[date]:
    """The days on which it was held under this label, the first one first: what goes on for a
    while may be counted session by session."""
    label = report.label
    held = Occurrence.objects.filter(event=label.page_id, over_at__lte=timezone.now())
    zone = zone_of(report.territory)
    starts = held.exclude(status=Status.CANCELLED).values_list("start", flat=True)
    days = {start.astimezone(zone).date() for start in starts}
    return sorted(day for day in days if label.starts_on <= day <= end_of(label))
