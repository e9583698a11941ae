"""The end of a label is near: the coordination is told, and whoever asked for it, twice."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from labelling.models import Application, Label, Subject
from labelling.models.applications import OVER
from territories.mail.sending import send_mail
from territories.models import Territory

from .links import address_of_renewal

# Before the end; an event ends with itself and is not renewed.
TOLD_BEFORE = (timedelta(days=60), timedelta(days=15))
SUBJECT = _("Le label de « %(title)s » finit le %(day)s")


def tell_of_labels_that_end() -> None:
    """The job. Safe to run twice: of two at work, one sends each message."""
    today = timezone.localdate()
    renewed = Label.objects.filter(renews=OuterRef("pk"), withdrawn_on=None)
    asked = Application.objects.exclude(state__in=OVER).filter(renews=OuterRef("pk"))
    ending = Label.objects.active(today).filter(
        ~Exists(renewed),
        ~Exists(asked),
        expires_on__lte=today + TOLD_BEFORE[0],
        reminders__lt=len(TOLD_BEFORE),
        territory__in=Territory.objects.with_plugin("labelling"),
    )
    found = ending.exclude(subject=Subject.EVENT).select_related(
        "application", "page", "territory__site"
    )
    for label in found.order_by("pk"):
        if owed(label, today) > label.reminders:
            tell_of(label=label, today=today)


def owed(label: Label, today: date) -> int:
    """How many messages were due by today; those that were missed are not sent together."""
    return sum(label.expires_on - before <= today for before in TOLD_BEFORE)


@transaction.atomic
def tell_of(*, label: Label, today: date) -> None:
    mine = Label.objects.filter(pk=label.pk, reminders=label.reminders)
    if not mine.update(reminders=owed(label, today)):
        return
    territory, application = label.territory, label.application
    admin = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    if territory.contact_email:
        url = f"{admin}{reverse('label_labels:read', args=[label.pk])}"
        write(label, territory.contact_email, url, language="fr", is_holder=False)
    if application is not None and application.email:
        language = application.language or "fr"
        url = address_of_renewal(label, application.email, language)
        write(label, application.email, url, language=language, is_holder=True)


def write(label: Label, to: str, url: str, *, language: str, is_holder: bool) -> None:
    with override(language):
        facts = {"title": label.page.title, "day": label.expires_on.strftime("%d/%m/%Y")}
        subject = str(SUBJECT) % facts
    send_mail(
        territory=label.territory,
        to=to,
        subject=subject,
        template="labelling/labels/mail/ending",
        context={"label": label, "title": label.page.title, "url": url, "is_holder": is_holder},
        language=language,
    )
