"""The facts of a report that a sheet carries along: a copy, of plain values.

`facts_of` reads them off a report; the sheet keeps them as they were. Shape, all of it optional
but `figures`:

    {"label": "GM-2026-001", "grid": "2026-1", "moment": "just_after", "received_on": "2026-03-02",
     "first_day": "2026-02-12", "last_day": "2026-02-12", "place": "Place Abbal",
     "figures": {"reached": 40, "women": None, …}, "sessions": 0,
     "criteria": [{"kind": "mandatory", "number": 1, "name": "…"}, …]}

A figure that is None is not known, which is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from agenda.models import EventPage
from agenda.venues import venue_of
from cooperation.models import ActionPage
from labelling.models import INDICATORS, Criterion, Moment, Report
from labelling.reports.receiving import sessions_of
from territories.territory import zone_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from labelling.models import PracticeSheetPage

Facts = Mapping[str, Any]


def facts_of(report: Report) -> dict[str, Any]:
    page = report.label.page.specific
    first, last = days_of(report, page)
    received = report.received_at
    return {
        "label": report.label.number,
        "grid": report.label.grid.version,
        "moment": report.moment,
        "received_on": received
        and timezone.localdate(received, zone_of(report.territory)).isoformat(),
        "first_day": first and first.isoformat(),
        "last_day": last and last.isoformat(),
        "place": place_of(page),
        **figures_of(report),
        "criteria": criteria_of(report),
    }


def figures_of(report: Report) -> dict[str, Any]:
    """`sessions`: how many were counted one by one, and added up; a figure that one of them does
    not know is not known."""
    sessions = [] if report.happened_on else sessions_of(report)
    counted = sessions or [report]
    figures: dict[str, int | None] = {}
    for name in INDICATORS:
        values = [getattr(one, name) for one in counted]
        figures[name] = None if None in values else sum(values)
    return {"figures": figures, "sessions": len(sessions)}


def days_of(report: Report, page: Page) -> tuple[date | None, date | None]:
    """The day that the report counts, or the first and the last of what it is about."""
    if report.happened_on:
        return report.happened_on, report.happened_on
    if isinstance(page, ActionPage):
        return page.starts_on, page.ends_on
    if isinstance(page, EventPage):
        if page.is_action:
            return page.runs_from, page.runs_until
        found = page.occurrences.aggregate(first=Min("start"), last=Max("start"))
        if found["first"]:
            return (
                timezone.localdate(found["first"], page.zone),
                timezone.localdate(found["last"], page.zone),
            )
    return None, None


def place_of(page: Page) -> str:
    """In the words of the record; "" for what takes place on line, or everywhere."""
    if isinstance(page, EventPage):
        venue = venue_of(page)
        return ", ".join(part for part in (venue.name, venue.commune) if part)
    if isinstance(page, ActionPage):
        return ", ".join(place.name for place in page.neighbourhoods.all())
    return page.title


def criteria_of(report: Report) -> list[dict[str, Any]]:
    """Those that were held, by name: a grid of later years says nothing of them."""
    found = Criterion.objects.filter(pk__in=report.criteria_held or []).order_by(
        "kind", "number", "pk"
    )
    return [{"kind": one.kind, "number": one.number, "name": one.name} for one in found]


def report_behind(sheet: PracticeSheetPage) -> Report | None:
    """The last report of what that of the sheet counted; None when it is gone.

    A copy of a page carries the origin along: it is no report of another territory's.
    """
    if sheet.report is None:
        return None
    found = Report.objects.received().filter(territory=sheet.territory_id)
    found = found.select_related("label__grid", "label__page", "territory")
    origin = found.filter(identity=sheet.report).first()
    if origin is None:
        return None
    of_the_same = found.filter(label=origin.label_id, happened_on=origin.happened_on)
    return max(of_the_same, key=lambda one: one.moment == Moment.LATER)


def newer_facts(sheet: PracticeSheetPage) -> dict[str, Any] | None:
    """What the report says now, where that is no longer what the sheet says."""
    report = report_behind(sheet)
    facts = facts_of(report) if report else None
    return facts if facts != sheet.facts else None


@transaction.atomic
def take_newer_facts(*, sheet: PracticeSheetPage, user: User) -> bool:
    """Take up what the report says now, in a new draft; True when it was published at once.

    A sheet is published where that changes nothing else: no draft waits, and the person may.
    Raises ValidationError when there is nothing to take.
    """
    stored = type(sheet).objects.select_for_update().get(pk=sheet.pk)
    draft = stored.get_latest_revision_as_object()
    report, facts = report_behind(draft), newer_facts(draft)
    if report is None or facts is None:
        raise ValidationError(_("Le bilan n’a pas changé : la fiche dit déjà ses chiffres."))
    publishes = (
        stored.live
        and not stored.has_unpublished_changes
        and stored.permissions_for_user(user).can_publish()
    )
    draft.facts, draft.report = facts, report.identity
    revision = draft.save_revision(user=user)
    log(stored, "labelling.facts", user=user, data={"number": facts["label"]})
    if publishes:
        revision.publish(user=user)
    return publishes
