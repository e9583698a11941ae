"""Asking for reports when they are due and twice more, and telling who waits of the late ones."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from labelling.models import Moment, Report
from territories.mail.sending import send_mail
from territories.models import Territory

from .links import address_of
from .people import addresses_of

# On the day it is due, then a week and three weeks after; never a fourth time.
ASKED_AFTER = (timedelta(), timedelta(days=7), timedelta(days=21))
# What ended long before the site knew it is no longer asked for.
TOO_OLD = timedelta(days=60)
WEEK = timedelta(days=7)
SUBJECTS = {
    Moment.JUST_AFTER: _("Votre bilan en cinq minutes : %(title)s"),
    Moment.LATER: _("Un mois après, qu’est-ce que cela a donné ? %(title)s"),
}


def ask_for_reports() -> None:
    """The job. Safe to run twice: of two at work, one sends each message."""
    today = timezone.localdate()
    due = Report.objects.expected().filter(
        due_on__lte=today,
        due_on__gt=today - TOO_OLD,
        reminders__lt=len(ASKED_AFTER),
        territory__in=Territory.objects.with_plugin("labelling"),
    )
    found = due.select_related("label__application", "label__page", "territory__site")
    for report in found.order_by("pk"):
        if owed(report, today) > report.reminders:
            ask_for(report=report, today=today)


def owed(report: Report, today: date) -> int:
    """How many messages were due by today; those that were missed are not sent together."""
    return sum(report.due_on + wait <= today for wait in ASKED_AFTER)


@transaction.atomic
def ask_for(*, report: Report, today: date) -> None:
    """Mail the link of a report to those who know; nothing where nobody's address is known."""
    addresses = addresses_of(report.label)
    if not addresses:
        return
    mine = Report.objects.filter(pk=report.pk, reminders=report.reminders, received_at=None)
    if not mine.update(reminders=owed(report, today), reminded_at=timezone.now()):
        return
    application = report.label.application
    language = (application.language if application else "") or "fr"
    title = report.label.page.title
    with override(language):
        subject = SUBJECTS[Moment(report.moment)] % {"title": title}
    for email in addresses:
        send_mail(
            territory=report.territory,
            to=email,
            subject=subject,
            template="labelling/reports/mail/asked",
            context={
                "report": report,
                "title": title,
                "is_later": report.moment == Moment.LATER,
                "is_again": report.reminders > 0,
                "url": address_of(report, email=email, language=language),
            },
            language=language,
        )


def tell_of_late_reports() -> None:
    """The job: one message a week to each coordination that waits for reports."""
    now = timezone.now()
    late: dict[Territory, list[Report]] = defaultdict(list)
    found = Report.objects.overdue(timezone.localdate(now)).filter(
        territory__in=Territory.objects.with_plugin("labelling")
    )
    for report in found.select_related("label__page", "territory__site"):
        late[report.territory].append(report)
    for territory, reports in late.items():
        told = [report.told_at for report in reports if report.told_at]
        if territory.contact_email and not (told and max(told) > now - WEEK):
            tell_of(territory=territory, reports=reports)


@transaction.atomic
def tell_of(*, territory: Territory, reports: list[Report]) -> None:
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    number = len(reports)
    Report.objects.filter(pk__in=[one.pk for one in reports]).update(told_at=timezone.now())
    send_mail(
        territory=territory,
        to=territory.contact_email,
        subject=ngettext(
            "%(number)s bilan est en retard", "%(number)s bilans sont en retard", number
        )
        % {"number": number},
        template="labelling/reports/mail/late",
        context={
            "reports": reports,
            "url": f"{admin}{reverse('label_reports:index')}?state=late",
        },
    )
