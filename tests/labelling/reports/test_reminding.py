"""Reports are asked for three times at most; the coordination hears of late ones once a week."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from agenda_factories import local, make_actor, make_event
from django.utils import timezone

from agenda.models import EventDate
from labelling.models import Application, Moment, Report
from labelling.reports.people import addresses_of
from labelling.reports.receiving import keep_report
from labelling.reports.reminding import ask_for_reports, tell_of_late_reports
from territories.models import OutgoingMail, Territory
from territories.plugins.switching import switch_off

pytestmark = pytest.mark.django_db

END = date(2026, 3, 2)


@pytest.fixture
def ended(alpha, give):
    """A label that ends on the second of March 2026; its organiser can be written to."""
    Territory.objects.filter(pk=alpha.pk).update(contact_email="bonjour@alpha.example")
    organiser = make_actor(alpha, "Tremplin", email="tremplin@example.org")
    start = local(alpha, 2026, 3, 2, 14)
    dates = [EventDate(start=start, end=start + timedelta(hours=2))]
    event = make_event(alpha, "Forum", dates=dates, organiser=organiser)
    return give(event, granted_on=date(2026, 2, 1))


def run(days, *jobs):
    """On each day after the end, twice: what was sent, by day."""
    sent = {}
    for day in days:
        before = OutgoingMail.objects.count()
        with time_machine.travel(timezone.make_aware(local_noon(day)), tick=False):
            for job in (*jobs, *jobs):
                job()
        if number := OutgoingMail.objects.count() - before:
            sent[day] = number
    return sent


def local_noon(day):
    return datetime.combine(END + timedelta(days=day), time(12))


def test_it_is_asked_for_when_due_and_twice_more_and_then_no_more(ended):
    ended.reports.filter(moment=Moment.LATER).delete()
    assert run([6, 7, 8, 13, 14, 15, 27, 28, 29, 45], ask_for_reports) == {7: 1, 14: 1, 28: 1}
    mails = OutgoingMail.objects.order_by("pk")
    assert {mail.to for mail in mails} == {"tremplin@example.org"}
    assert "/label/bilan/" in mails[0].text and "cinq minutes" in mails[0].text
    assert "déjà demandé" not in mails[0].text and "déjà demandé" in mails[1].text


def test_a_report_that_came_is_asked_for_no_more(ended):
    keep_report(report=ended.reports.get(moment=Moment.JUST_AFTER), figures={"reached": 3})
    assert run([7, 14, 28], ask_for_reports) == {}
    # Who has sent the later one is not asked for the first.
    Report.objects.filter(moment=Moment.JUST_AFTER).update(received_at=None)
    keep_report(report=ended.reports.get(moment=Moment.LATER), figures={"reached": 3})
    assert run([7, 14, 28], ask_for_reports) == {}


def test_a_worker_that_was_away_sends_one_message_and_not_three(ended):
    ended.reports.filter(moment=Moment.LATER).delete()
    assert run([25, 26, 28], ask_for_reports) == {25: 1, 28: 1}


def test_what_is_long_over_or_closed_or_has_no_address_is_not_asked_for(ended, alpha):
    assert run([200], ask_for_reports) == {}
    switch_off(territory=alpha, plugin="labelling")
    assert run([8], ask_for_reports) == {}


def test_whoever_asked_for_the_label_is_asked_too_once(ended, alpha):
    ended.application = Application.objects.create(
        territory=alpha, grid=ended.grid, subject="event", title="Forum", email="Lea@example.org"
    )
    assert addresses_of(ended) == ["Lea@example.org", "tremplin@example.org"]
    ended.application.email = "Tremplin@example.org"
    assert addresses_of(ended) == ["Tremplin@example.org"]


def test_the_coordination_hears_of_the_late_ones_once_a_week(ended):
    assert run([6, 7, 8, 9, 14, 15, 16], tell_of_late_reports) == {8: 1, 15: 1}
    mail = OutgoingMail.objects.first()
    assert mail.to == "bonjour@alpha.example" and ended.number in mail.text
    assert "1 bilan est en retard" in mail.subject
