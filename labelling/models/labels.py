"""Labels given: to what, by which grid, until when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import EventPage

from .applications import Application, Subject
from .grids import CriteriaGrid, Criterion


class Status(models.TextChoices):
    """What anybody may know of a label; read from its dates and its event, kept nowhere."""

    TO_COME = "to_come", _("à venir")
    ACTIVE = "active", _("valable")
    EXPIRED = "expired", _("expiré")
    WITHDRAWN = "withdrawn", _("retiré")
    # Its event will not be. Should it be again, so is its label.
    CALLED_OFF = "called_off", _("rendez-vous annulé")


def called_off() -> models.Exists:
    return models.Exists(EventPage.objects.filter(pk=models.OuterRef("page")).cancelled())


class LabelQuerySet(models.QuerySet):
    def active(self, today: date | None = None) -> LabelQuerySet:
        """In force on that day: started, neither expired nor withdrawn, and not of an event that
        is cancelled."""
        today = today or timezone.localdate()
        return self.standing(today).filter(~called_off(), starts_on__lte=today)

    def standing(self, today: date | None = None) -> LabelQuerySet:
        """In force, or about to be: what is renewed early starts when the former label ends."""
        return self.filter(withdrawn_on=None, expires_on__gte=today or timezone.localdate())

    def with_call_offs(self) -> LabelQuerySet:
        """Each knows whether it `is_called_off`: what its status asks."""
        return self.annotate(is_called_off=called_off())

    def in_territory(self, territory) -> LabelQuerySet:
        """Labels of a territory; None is the national portal, which sees them all."""
        return self if territory is None else self.filter(territory=territory)


class Label(models.Model):
    """The label given to one record, an event, an action or a place, by one version of the grid."""

    number = models.CharField(_("numéro"), max_length=40, unique=True)
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="labels", verbose_name=_("territoire")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="labels", verbose_name=_("page")
    )
    subject = models.CharField(
        _("pour quoi"), max_length=10, choices=Subject, default=Subject.EVENT
    )
    # None: given before applications were kept.
    application = models.OneToOneField(
        Application, models.SET_NULL, null=True, blank=True, related_name="label"
    )
    renews = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="renewed_by"
    )
    grid = models.ForeignKey(
        CriteriaGrid, models.PROTECT, related_name="labels", verbose_name=_("grille")
    )
    criteria = models.ManyToManyField(
        Criterion, through="labelling.LabelCheck", related_name="labels"
    )
    granted_on = models.DateField(_("donné le"), default=timezone.localdate)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("donné par"),
    )
    # Its first and its last day: see `labels/term.py`.
    starts_on = models.DateField(_("valable à partir du"), blank=True)
    expires_on = models.DateField(_("valable jusqu’au"))
    # How many of the reminders of its end were sent: see `labels/reminding.py`.
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reasons = models.TextField(_("pourquoi"), blank=True)
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)
    withdrawal_reasons = models.TextField(_("pourquoi il a été retiré"), blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("Cité de l’emploi", "label")
        verbose_name_plural = _("labels")
        ordering = ["-granted_on", "-pk"]
        indexes = [models.Index(fields=["page", "expires_on"], name="label_of_page")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__gte=models.F("granted_on")),
                name="a_label_starts_once_granted",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("starts_on")),
                name="a_label_lasts_a_day_at_least",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(withdrawn_on__gte=models.F("granted_on"))
                & ~models.Q(withdrawal_reasons=""),
                name="a_label_is_withdrawn_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args, **kwargs) -> None:
        if self.starts_on is None:
            self.starts_on = self.granted_on
        super().save(*args, **kwargs)

    @cached_property
    def is_called_off(self) -> bool:
        """One query, but where `with_call_offs` has said it."""
        if self.subject == Subject.PLACE:
            return False
        return EventPage.objects.filter(pk=self.page_id).cancelled().exists()

    @property
    def status(self) -> Status:
        return self.status_on(timezone.localdate())

    def status_on(self, day: date) -> Status:
        if self.withdrawn_on is not None:
            return Status.WITHDRAWN
        if self.is_called_off:
            return Status.CALLED_OFF
        if self.starts_on > day:
            return Status.TO_COME
        return Status.EXPIRED if self.expires_on < day else Status.ACTIVE

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE


class LabelCheck(models.Model):
    """A criterion that was judged to be met."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="checks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="checks")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "criterion"], name="one_check_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.label_id}: {self.criterion_id}"
