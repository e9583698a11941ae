"""How a territory judges: questions, opinions of the committee, and every step, kept."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .applications import Application, State
from .grids import Criterion

GIVE_OPINION = "labelling.add_opinion"


class ReviewRules(models.Model):
    """What a territory asks of its committee; without a row, the defaults."""

    territory = models.OneToOneField(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    quorum = models.PositiveSmallIntegerField(
        _("avis nécessaires"),
        default=2,
        validators=[MaxValueValidator(20, _("20 avis au plus."))],
        help_text=_("Combien de personnes sans lien avec la demande doivent donner leur avis."),
    )
    answer_within = models.PositiveSmallIntegerField(
        _("répondre en combien de jours"),
        default=15,
        validators=[
            MinValueValidator(1, _("Un jour au moins.")),
            MaxValueValidator(120, _("120 jours au plus.")),
        ],
        help_text=_("Passé la moitié de ce délai, l’équipe est prévenue par e-mail."),
    )

    class Meta:
        verbose_name = _("règles du comité")
        verbose_name_plural = _("règles des comités")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self.territory)


class ApplicationStep(models.Model):
    """One move of an application: which, when, by whom, in which words. Never changed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    # A name of `review/transitions.py`.
    name = models.CharField(_("étape"), max_length=20)
    state_before = models.CharField(_("état avant"), max_length=15, choices=State)
    state_after = models.CharField(_("état après"), max_length=15, choices=State)
    at = models.DateTimeField(_("le"), default=timezone.now, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    # Who it was, in the words of that day: an account that goes takes no signature away.
    signed = models.CharField(_("signé"), max_length=200, blank=True)
    words = models.TextField(_("raisons"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("étape d’une demande")
        verbose_name_plural = _("étapes d’une demande")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id}: {self.name}"


class Question(models.Model):
    """Asked when an application is returned; about one criterion, or about the whole."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(_("posée le"), default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    answer = models.TextField(_("réponse"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, editable=False)

    class Meta:
        verbose_name = _("question sur une demande")
        verbose_name_plural = _("questions sur une demande")
        ordering = ["asked_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pk}"


class Opinion(models.Model):
    """What one member of the committee thinks. With a conflict of interest it does not count."""

    class Verdict(models.TextChoices):
        FOR = "for", _("favorable")
        AGAINST = "against", _("défavorable")
        NONE = "none", _("sans avis")

    application = models.ForeignKey(Application, models.CASCADE, related_name="opinions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    signed = models.CharField(_("signé"), max_length=200, blank=True)
    verdict = models.CharField(_("avis"), max_length=10, choices=Verdict)
    comment = models.TextField(_("commentaire"), max_length=2000, blank=True)
    has_conflict = models.BooleanField(_("lien avec la demande"), default=False)
    conflict_words = models.CharField(_("quel lien"), max_length=300, blank=True)
    given_at = models.DateTimeField(_("donné le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("avis du comité")
        verbose_name_plural = _("avis du comité")
        ordering = ["given_at", "pk"]
        default_permissions = ("add",)
        constraints = [
            models.UniqueConstraint(fields=["application", "member"], name="one_opinion_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.verdict}"


class Reminder(models.Model):
    """When somebody was last reminded of an application: once a week is enough.

    `key`: "coordination", "applicant", or "member:" and the primary key of an account.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="reminders")
    key = models.CharField(_("à qui"), max_length=40)
    sent_at = models.DateTimeField(_("envoyé le"), null=True)

    class Meta:
        verbose_name = _("rappel d’une demande")
        verbose_name_plural = _("rappels d’une demande")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="one_reminder_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.key}"
