"""When an event takes place: what the coordinator typed, and the occurrences made from it."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from agenda.dates.checking import check_change, check_date
from agenda.dates.editing import SentencePanel
from agenda.dates.fields import DaysField, WeekdaysField


class Status(models.TextChoices):
    SCHEDULED = "scheduled", _("prévu")
    FULL = "full", _("complet")
    POSTPONED = "postponed", _("reporté")
    CANCELLED = "cancelled", _("annulé")


class Repeat(models.TextChoices):
    ONCE = "", _("une seule fois")
    DAILY = "daily", _("chaque jour")
    WEEKLY = "weekly", _("chaque semaine")
    MONTHLY_WEEKDAY = "monthly_weekday", _("chaque mois, par exemple le premier jeudi")
    MONTHLY_LAST_WEEKDAY = (
        "monthly_last_weekday",
        _("chaque mois, par exemple le dernier vendredi"),
    )
    MONTHLY_DAY = "monthly_day", _("chaque mois, par exemple le 15")
    YEARLY = "yearly", _("chaque année, à la même date")
    LIST = "list", _("plusieurs jours, aux mêmes heures")


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
    # Of `start` and `end` only the days count then; `end` is the last day, included.
    is_all_day = models.BooleanField(
        _("toute la journée"),
        default=False,
        help_text=_("Les heures ne comptent pas : seuls les jours seront montrés."),
    )
    repeat = models.CharField(
        _("se répète"), max_length=20, choices=Repeat, default=Repeat.ONCE, blank=True
    )
    interval = models.PositiveSmallIntegerField(
        _("une fois sur"),
        default=1,
        blank=True,
        validators=[
            MinValueValidator(1, _("Une fois sur : un nombre à partir de 1.")),
            MaxValueValidator(99, _("Une fois sur : 99 au plus.")),
        ],
        help_text=_("Avec 2, une semaine sur deux, un mois sur deux…"),
    )
    weekdays = WeekdaysField(
        _("quels jours"), help_text=_("Aucun coché : le jour de la semaine du début.")
    )
    until = models.DateField(
        _("jusqu’au"),
        null=True,
        blank=True,
        help_text=_("Le dernier jour possible. Vide : sans fin prévue."),
    )
    # Beside the day of `start`, at the same hours.
    days = DaysField(
        _("et ces jours"), help_text=_("Un par ligne, comme 10/12/2026. Le premier est le début.")
    )

    panels = [
        SentencePanel(),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("is_all_day"),
        FieldRowPanel([FieldPanel("repeat"), FieldPanel("interval")]),
        FieldPanel("weekdays"),
        FieldPanel("until"),
        FieldPanel("days"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("date")
        verbose_name_plural = _("dates")

    def __str__(self) -> str:
        return str(self.start or "")

    def clean(self) -> None:
        super().clean()
        self.interval = self.interval or 1
        check_date(self)


class Change(models.TextChoices):
    CANCELLED = "cancelled", _("est annulée")
    MOVED = "moved", _("est déplacée")
    FULL = "full", _("est complète")
    NOTE = "note", _("a une précision")
    ADDED = "added", _("s’ajoute aux autres")


class DateChange(models.Model):
    """What one date of an event has of its own; the others stay as their rule makes them.

    `original` is the moment that the rule gave, whatever became of it; null for an added date.
    """

    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="changes")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("ce qui change"), max_length=10, choices=Change)
    original = models.DateTimeField(_("la date"), null=True, blank=True)
    start = models.DateTimeField(_("nouveau début"), null=True, blank=True)
    end = models.DateTimeField(
        _("nouvelle fin"),
        null=True,
        blank=True,
        help_text=_("Vide : elle dure autant que prévu."),
    )
    note = models.CharField(
        _("précision"),
        max_length=200,
        blank=True,
        help_text=_("Ce que les gens doivent savoir : « salle 2 », « jour férié »…"),
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("original")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("date qui change")
        verbose_name_plural = _("dates qui changent")
        ordering = ["original", "start", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.original or self.start or ''}"

    def clean(self) -> None:
        super().clean()
        check_change(self)


class Occurrence(models.Model):
    """One time an event takes place. Made by `rebuild_occurrences`, never edited.

    `over_at` is the moment from which it is past: its end, or the end of its day in the
    territory's time zone when no end is known. Kept here so that lists need no arithmetic.
    `series` says how its date repeats, in the notation of RFC 5545 without the end of the rule;
    "" when it does not. `key` tells it among those of its event for ever: the key of its date and
    the day that the rule gave. `date_key` is "" for what no date gave: an added one, an action.
    `original` is the moment that the rule gave, from which it may have been moved.
    Whole days begin at midnight and end at the midnight after the last one.
    """

    event = models.ForeignKey("agenda.EventPage", models.CASCADE, related_name="occurrences")
    key = models.CharField(max_length=50)
    date_key = models.CharField(max_length=32, blank=True)
    original = models.DateTimeField()
    start = models.DateTimeField(_("début"))
    end = models.DateTimeField(_("fin"), null=True)
    over_at = models.DateTimeField()
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.SCHEDULED)
    series = models.CharField(max_length=80, blank=True)
    until = models.DateField(null=True)
    is_all_day = models.BooleanField(default=False)
    # Lasts more than a day: an action of several months, a fair of three days.
    is_period = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("un seul", "rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_occurrence_per_key")
        ]
        indexes = [
            # All that orders the events of a list by their next occurrence.
            models.Index(
                fields=["event", "start", "over_at", "status", "is_period"],
                name="occurrence_of_event",
            ),
            models.Index(fields=["over_at"], name="occurrence_over_at"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.start:%Y-%m-%d %H:%M}"
