"""When an event takes place: what the coordinator typed, and the occurrences made from it."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

# A year typed with one digit too few or too many must not make thousands of occurrences.
YEARS = range(2000, 2101)


class Status(models.TextChoices):
    SCHEDULED = "scheduled", _("prévu")
    FULL = "full", _("complet")
    POSTPONED = "postponed", _("reporté")
    CANCELLED = "cancelled", _("annulé")


class Repeat(models.TextChoices):
    ONCE = "", _("une seule fois")
    WEEKLY = "weekly", _("chaque semaine, le même jour")
    MONTHLY_WEEKDAY = "monthly_weekday", _("chaque mois, par exemple le premier jeudi")


class EventDate(Orderable):
    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="dates")
    # Wagtail gives a child a new primary key at some publications; this one never changes, so
    # that a calendar which has taken the date knows it again when it is moved.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Null in a draft only: a date may be unknown until the event is published.
    start = models.DateTimeField(_("début"), null=True)
    end = models.DateTimeField(
        _("fin"), null=True, blank=True, help_text=_("Laissez vide si vous ne la connaissez pas.")
    )
    repeat = models.CharField(
        _("se répète"), max_length=20, choices=Repeat, default=Repeat.ONCE, blank=True
    )
    until = models.DateField(
        _("jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Le dernier jour possible. Vide : sans fin prévue."),
    )

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldRowPanel([FieldPanel("repeat"), FieldPanel("until")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("date")
        verbose_name_plural = _("dates")

    def __str__(self) -> str:
        return str(self.start or "")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.start and self.start.year not in YEARS:
            errors["start"] = _("Début : vérifiez l’année.")
        if self.start and self.end and self.end <= self.start:
            errors["end"] = _("Fin : elle doit venir après le début.")
        elif self.end and self.end.year not in YEARS:
            errors["end"] = _("Fin : vérifiez l’année.")
        if self.until and not self.repeat:
            errors["repeat"] = _("Se répète : choisissez comment, ou videz la case « jusqu’au ».")
        elif self.until and self.start and self.until < timezone.localdate(self.start):
            errors["until"] = _("Jusqu’au : ce jour doit venir après le début.")
        if errors:
            raise ValidationError(errors)


class Occurrence(models.Model):
    """One time an event takes place. Made by `rebuild_occurrences`, never edited.

    `over_at` is the moment from which it is past: its end, or the end of its day in the
    territory's time zone when no end is known. Kept here so that lists need no arithmetic.
    `series` says how its date repeats (a key of `words.SERIES`), "" when it does not.
    """

    event = models.ForeignKey("agenda.EventPage", models.CASCADE, related_name="occurrences")
    key = models.CharField(max_length=50)
    start = models.DateTimeField(_("début"))
    end = models.DateTimeField(_("fin"), null=True)
    over_at = models.DateTimeField()
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.SCHEDULED)
    series = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("un seul", "rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_occurrence_per_key")
        ]
        indexes = [
            models.Index(fields=["event", "over_at", "start"], name="occurrence_of_event"),
            models.Index(fields=["over_at"], name="occurrence_over_at"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.start:%Y-%m-%d %H:%M}"
