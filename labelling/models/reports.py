"""Outcome reports: what a labelled event gave. Aggregates only; nobody is named."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labelling.rights import own_territories

from .labels import Label

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import User

READ, CHANGE = (f"labelling.{action}_report" for action in ("view", "change"))


class Moment(models.TextChoices):
    """The two dates of the outcome report."""

    JUST_AFTER = "just_after", _("juste après")
    LATER = "later", _("un mois après ou plus")


# The indicators, in the order of the form. None: nobody knows, which is not zero.
INDICATORS = (
    *("actions", "reached", "women", "men", "young", "seniors", "in_qpv"),
    *("interviewed", "hired", "trained", "interned", "directed"),
)


# Asked at the later date alone: just after, nobody can know it.
LATER_ONLY = ("hired",)
WORDS = ("worked", "difficult", "advice")
HELD = "criteria_held"


class ReportQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> ReportQuerySet:
        return self.filter(territory__in=own_territories(user, permission))

    def received(self) -> ReportQuerySet:
        return self.exclude(received_at=None)

    def standing(self) -> ReportQuerySet:
        """Those that totals rest on: the last one received of each label and day."""
        return self.filter(stands=True)

    def expected(self) -> ReportQuerySet:
        """One for each label and date, sessions left out. Who has sent the later report is asked
        for the first no more."""
        later = Report.objects.filter(label=models.OuterRef("label"), moment=Moment.LATER)
        return self.filter(received_at=None, happened_on=None).exclude(
            models.Q(moment=Moment.JUST_AFTER) & models.Exists(later.received())
        )

    def overdue(self, today: date) -> ReportQuerySet:
        return self.expected().filter(due_on__lt=today)


def indicator(words):
    return models.PositiveIntegerField(words, null=True, blank=True)


class Report(models.Model):
    """The report of one label at one of its two dates; expected first, then received.

    `happened_on`: the day it counts, of an action whose sessions are reported one by one; empty
    for the whole. Where sessions are, the row of the whole keeps the words and holds no figure.
    The later report takes up the figures of the first, and stands in its place: `standing.py`.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.ForeignKey(Label, models.CASCADE, related_name="reports")
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    moment = models.CharField(_("à quel moment"), max_length=10, choices=Moment)
    happened_on = models.DateField(_("jour compté"), null=True, blank=True)
    due_on = models.DateField(_("attendu le"))
    # How many messages asked for it; `reminding.py` says when.
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(_("rappelé le"), null=True, editable=False)
    # When the coordination was told that it is late.
    told_at = models.DateTimeField(null=True, editable=False)
    saved_at = models.DateTimeField(_("enregistré le"), null=True, editable=False)
    received_at = models.DateTimeField(_("reçu le"), null=True, editable=False)
    stands = models.BooleanField(default=False, editable=False)

    actions = indicator(_("actions menées"))
    reached = indicator(_("personnes venues"))
    women = indicator(_("femmes"))
    men = indicator(_("hommes"))
    young = indicator(_("moins de 25 ans"))
    seniors = indicator(_("50 ans et plus"))
    in_qpv = indicator(_("habitants d’un quartier prioritaire"))
    interviewed = indicator(_("reçues en second entretien"))
    hired = indicator(_("retenues pour un emploi"))
    trained = indicator(_("retenues pour une formation"))
    interned = indicator(_("retenues pour un stage ou une immersion"))
    directed = indicator(_("orientées vers un conseiller emploi"))

    worked = models.TextField(_("ce qui a bien marché"), max_length=3000, blank=True)
    difficult = models.TextField(_("ce qui a été difficile"), max_length=3000, blank=True)
    advice = models.TextField(_("conseils à d’autres"), max_length=3000, blank=True)
    # Of the criteria that were accepted, those that were really held: primary keys. Empty: none of
    # them; None: nobody answered.
    criteria_held = models.JSONField(_("critères tenus"), null=True, blank=True)
    # The unlikely figures that were said to be right: see `doubts.py`.
    confirmed = models.JSONField(default=list, blank=True, editable=False)
    signed = models.CharField(_("rempli par"), max_length=150, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bilan")
        verbose_name_plural = _("bilans")
        ordering = ["due_on", "pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["label", "moment", "happened_on"], name="one_report_per_day"
            ),
            # Two empty days are not alike to a database.
            models.UniqueConstraint(
                fields=["label", "moment"],
                condition=models.Q(happened_on=None),
                name="one_report_of_the_whole",
            ),
            models.UniqueConstraint(
                fields=["label", "happened_on"],
                condition=models.Q(stands=True),
                name="one_report_stands_per_day",
            ),
            models.UniqueConstraint(
                fields=["label"],
                condition=models.Q(stands=True, happened_on=None),
                name="one_report_stands_of_the_whole",
            ),
        ]
        indexes = [models.Index(fields=["territory", "stands"], name="standing_reports")]

    def __str__(self) -> str:
        return f"{self.label_id}: {self.moment}"

    @property
    def is_overdue(self) -> bool:
        return self.received_at is None and self.due_on < timezone.localdate()


def photo_place(instance: ReportPhoto, filename: str) -> str:
    """Under the folder that no web server hands out: see docs/operations.md."""
    return f"documents/reports/{instance.report.identity}/{secrets.token_hex(4)}-{filename}"


class ReportPhoto(models.Model):
    """A picture sent with a report; shown to nobody else until somebody publishes it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    file = models.FileField(_("photo"), upload_to=photo_place, max_length=255)
    credit = models.CharField(_("qui l’a prise"), max_length=150, blank=True)
    # Whoever sends it says that the people on it agree.
    is_agreed = models.BooleanField(_("accord des personnes"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("photo d’un bilan")
        verbose_name_plural = _("photos d’un bilan")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.report_id}: {self.pk}"
