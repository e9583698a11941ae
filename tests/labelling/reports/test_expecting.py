"""Two reports are expected of each label, and follow its term."""

from datetime import date

import pytest
from agenda_factories import local, make_event

from agenda.models import EventDate
from labelling.labels.granting import withdraw_label
from labelling.models import Moment, Report
from labelling.reports.expecting import expect_missing_reports, expect_reports
from labelling.reports.receiving import keep_report

pytestmark = pytest.mark.django_db


def days(label):
    return dict(label.reports.values_list("moment", "due_on"))


@pytest.fixture
def forum(alpha, give):
    start = local(alpha, 2030, 1, 31, 14)
    event = make_event(alpha, "Forum", dates=[EventDate(start=start, end=None)])
    return give(event, granted_on=date(2026, 1, 5))


def test_a_label_expects_a_report_a_week_after_its_end_and_one_a_month_later(forum):
    assert days(forum) == {Moment.JUST_AFTER: date(2030, 2, 7), Moment.LATER: date(2030, 3, 7)}
    expect_reports(label=forum)
    assert forum.reports.count() == 2


def test_they_move_with_the_dates_of_the_event_and_are_asked_for_again(forum, alpha):
    Report.objects.update(reminders=2)
    event = forum.page.specific
    moved = local(alpha, 2030, 3, 15, 14)
    event.dates.set([EventDate(key=event.dates.get().key, start=moved)])
    event.save_revision().publish()
    assert days(forum) == {Moment.JUST_AFTER: date(2030, 3, 22), Moment.LATER: date(2030, 4, 22)}
    assert set(Report.objects.values_list("reminders", flat=True)) == {0}


def test_what_was_received_stays_where_it_was(label, first):
    keep_report(report=first, figures={"reached": 3})
    due_on = first.due_on
    type(label).objects.filter(pk=label.pk).update(expires_on=date(2031, 1, 1))
    expect_reports(label=label)
    assert days(label) == {Moment.JUST_AFTER: due_on, Moment.LATER: date(2031, 2, 8)}


def test_a_label_withdrawn_before_anything_happened_expects_nothing(forum):
    withdraw_label(label=forum, reasons="Annulé", on=date(2026, 2, 1))
    assert not forum.reports.exists()
    expect_missing_reports()
    assert not forum.reports.exists()


def test_a_label_withdrawn_afterwards_is_still_reported_on(label):
    withdraw_label(label=label, reasons="Un problème")
    assert label.reports.count() == 2


def test_what_was_begun_is_not_thrown_away(forum):
    report = forum.reports.get(moment=Moment.JUST_AFTER)
    keep_report(report=report, figures={"reached": 3}, is_sent=False)
    withdraw_label(label=forum, reasons="Annulé", on=date(2026, 2, 1))
    assert forum.reports.get() == report


def test_labels_of_before_get_their_reports_from_the_job(label):
    Report.objects.all().delete()
    expect_missing_reports()
    expect_missing_reports()
    assert label.reports.count() == 2
