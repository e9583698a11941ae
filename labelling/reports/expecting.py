"""Which reports are expected of a label, and for when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from agenda.models import EventPage, Occurrence
from agenda.models.dates import Status
from labelling.models import Label, Moment, Report
from territories.territory import zone_of

# What one needs to count, and to write it down.
TO_COUNT = timedelta(days=7)
A_MONTH = relativedelta(months=1)


@transaction.atomic
def expect_reports(*, label: Label) -> None:
    """Bring the reports expected of a label in line with its term. Safe to run twice.

    Two for each label, just after its end and one month later. Those not received follow the end
    when it moves; those nobody has begun go when the label was withdrawn before anything happened.
    """
    label = Label.objects.select_for_update().select_related("territory").get(pk=label.pk)
    waiting = label.reports.filter(received_at=None, happened_on=None)
    if not is_reported_on(label):
        waiting.filter(saved_at=None).delete()
        return
    known = {report.moment: report for report in label.reports.filter(happened_on=None)}
    for moment in Moment:
        day, report = due_on(label, moment), known.get(moment)
        if report is None:
            Report.objects.create(label=label, territory=label.territory, moment=moment, due_on=day)
        elif report.received_at is None and report.due_on != day:
            # Another day: whoever was asked already is asked again then.
            report.due_on, report.reminders, report.told_at = day, 0, None
            report.save(update_fields=["due_on", "reminders", "told_at"])


def expect_reports_of(*, pages: Iterable[int]) -> None:
    """Of all the labels of some pages, by primary key: their dates moved, or a label went."""
    for label in Label.objects.filter(page__in=list(pages)):
        expect_reports(label=label)


def expect_missing_reports() -> None:
    """The job: labels given before reports were expected of them."""
    for label in Label.objects.filter(reports=None):
        expect_reports(label=label)


def due_on(label: Label, moment: str) -> date:
    end = end_of(label)
    return (end + A_MONTH if moment == Moment.LATER else end) + TO_COUNT


def end_of(label: Label) -> date:
    return min(label.expires_on, label.withdrawn_on or label.expires_on)


def is_reported_on(label: Label) -> bool:
    """Whether there is, or will be, something to count."""
    if EventPage.objects.filter(pk=label.page_id).exists():
        occurrences = Occurrence.objects.filter(event=label.page_id)
        held = occurrences.exclude(status=Status.CANCELLED)
        if label.withdrawn_on:
            return held.filter(start__lt=midnight_after(label.withdrawn_on, label)).exists()
        # Without a date it is not known yet when it takes place.
        return held.exists() or not occurrences.exists()
    return label.withdrawn_on is None or label.withdrawn_on > label.starts_on


def midnight_after(day: date, label: Label) -> datetime:
    tomorrow = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(tomorrow, zone_of(label.territory))
