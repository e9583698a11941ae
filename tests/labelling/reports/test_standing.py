"""Which reports count: the last word on each label, never the same people twice."""

from datetime import date
from itertools import chain, combinations, product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from labelling.models import Moment, Report
from labelling.reports.receiving import keep_report, keep_session
from labelling.reports.standing import standing_among

ONE, TWO = date(2026, 3, 3), date(2026, 3, 10)


def stands():
    found = Report.objects.standing().order_by("happened_on", "moment")
    return [(one.moment, one.happened_on, one.reached) for one in found]


@pytest.mark.django_db
def test_nothing_stands_before_it_is_received(first):
    keep_report(report=first, figures={"reached": 12}, is_sent=False)
    assert stands() == []
    keep_report(report=first, figures={"reached": 12})
    assert stands() == [(Moment.JUST_AFTER, None, 12)]


@pytest.mark.django_db
def test_the_later_one_takes_the_place_of_the_first_even_when_that_is_corrected_after(first, later):
    keep_report(report=first, figures={"reached": 12})
    keep_report(report=later, figures={"reached": 14, "hired": 2})
    assert stands() == [(Moment.LATER, None, 14)]
    keep_report(report=first, figures={"reached": 13})
    assert stands() == [(Moment.LATER, None, 14)]


@pytest.mark.django_db
def test_sessions_and_a_total_are_never_both_counted(first, later):
    keep_report(report=first, figures={"reached": 30})
    keep_report(report=first, sessions={ONE: {"reached": 10}, TWO: {"reached": 15}})
    assert stands() == [(Moment.JUST_AFTER, ONE, 10), (Moment.JUST_AFTER, TWO, 15)]
    first.refresh_from_db()
    assert first.reached is None and first.received_at
    # The later one says it in all: its parts fall.
    keep_report(report=later, figures={"reached": 24})
    assert stands() == [(Moment.LATER, None, 24)]
    # And session by session again: what it leaves out stands as it was.
    keep_report(report=later, sessions={TWO: {"reached": 16}})
    assert stands() == [(Moment.JUST_AFTER, ONE, 10), (Moment.LATER, TWO, 16)]
    keep_report(report=first, figures={"reached": 30})
    assert stands() == [(Moment.LATER, TWO, 16)]
    with pytest.raises(ValidationError, match="jamais les deux"):
        keep_report(report=first, figures={"reached": 1}, sessions={ONE: {"reached": 1}})


@pytest.mark.django_db
def test_a_session_is_not_added_to_a_total(first):
    said = {"day": ONE, "figures": {"reached": 3}, "words": {}, "user": None}
    keep_report(report=first, figures={"reached": 30})
    with pytest.raises(ValidationError, match="compté en tout"):
        keep_session(report=first, **said)
    keep_report(report=first, sessions={TWO: {"reached": 5}})
    keep_session(report=first, **said)
    assert stands() == [(Moment.JUST_AFTER, ONE, 3), (Moment.JUST_AFTER, TWO, 5)]


@pytest.mark.django_db
def test_a_report_that_cannot_be_changes_nothing(first):
    keep_report(report=first, figures={"reached": 12})
    with pytest.raises(ValidationError):
        keep_report(report=first, sessions={ONE: {"reached": 3}, TWO: {"reached": 3, "women": 4}})
    assert stands() == [(Moment.JUST_AFTER, None, 12)]


@pytest.mark.django_db
def test_the_database_itself_lets_no_two_stand(first, later):
    keep_report(report=first, figures={"reached": 12})
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=later.pk).update(stands=True)


ROWS = list(product(Moment.values, [None, ONE, TWO]))
EVERYTHING = chain.from_iterable(combinations(ROWS, number) for number in range(len(ROWS) + 1))


def test_whatever_was_received_nobody_is_counted_twice():
    for rows in EVERYTHING:
        standing = standing_among(Report(moment=one, happened_on=day) for one, day in rows)
        days = [report.happened_on for report in standing]
        assert len(set(days)) == len(days), rows
        assert None not in days or days == [None], rows
        assert bool(standing) == bool(rows), rows
        for report in standing:
            if report.moment == Moment.JUST_AFTER:
                assert (Moment.LATER, report.happened_on) not in rows
