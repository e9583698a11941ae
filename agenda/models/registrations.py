"""Who comes to an event: kept for the people who prepare it, and erased afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import territories_where

from .dates import Occurrence, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Said on the form and on the page about personal data: after the event.
MONTHS_KEPT = 6
KEPT_FOR = timedelta(days=183)
MOST_PEOPLE = 5
READ, CHANGE, DELETE = (f"agenda.{action}_registration" for action in ("view", "change", "delete"))


class State(models.TextChoices):
    REGISTERED = "registered", _("inscrit")
    WAITING = "waiting", _("sur liste d’attente")
    CANCELLED = "cancelled", _("annulé")


class RegistrationQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> RegistrationQuerySet:
        """Those of the territories where the agenda is open and a role gives the permission."""
        if user.is_active and user.is_superuser:
            return self
        own = territories_where(user, permission).with_plugin("agenda")
        return self.filter(territory__in=own)

    def active(self) -> RegistrationQuerySet:
        return self.exclude(state=State.CANCELLED)

    def old(self) -> RegistrationQuerySet:
        """Those whose date is long over, as it was when they came and as it is now; for all dates
        at once, the last one counts."""
        limit = timezone.now() - KEPT_FOR
        later = Occurrence.objects.filter(event=OuterRef("event"), over_at__gte=limit)
        its_own = Q(key=OuterRef("occurrence_key")) | Q(event=OuterRef("for_all"))
        for_all = Case(When(occurrence_key="", then=F("event")))
        return self.annotate(for_all=for_all).filter(
            ~Exists(later.filter(its_own)), kept_from__lt=limit
        )


class Registration(models.Model):
    """One registration, for one date (`occurrence_key`) or for all of them ("").

    Not a foreign key: occurrences are made again by their rule, and people stay registered.
    `known_…` is what the person was last told of the date: see `registration/telling.py`.
    """

    # With its event, people would be forgotten without a word: an event that has some stays.
    event = models.ForeignKey(
        "agenda.EventPage",
        models.PROTECT,
        related_name="registrations",
        verbose_name=pgettext_lazy("un seul", "rendez-vous"),
    )
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        related_name="+",
        verbose_name=_("territoire"),
    )
    occurrence_key = models.CharField(max_length=50, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.REGISTERED)
    first_name = models.CharField(_("prénom"), max_length=100)
    name = models.CharField(_("nom"), max_length=100, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    people = models.PositiveSmallIntegerField(
        _("nombre de personnes"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )
    note = models.CharField(_("à savoir"), max_length=300, blank=True)
    # Of the page it was sent from, most often that of the person.
    language = models.CharField(_("langue"), max_length=10, default="fr")
    registered_at = models.DateTimeField(_("reçue le"), default=timezone.now, editable=False)
    # None: written down by nobody of the team, sent with the form.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    known_status = models.CharField(max_length=10, default=Status.SCHEDULED)
    known_start = models.DateTimeField(null=True)
    # The end of the date, as it was then.
    kept_from = models.DateTimeField(default=timezone.now)
    is_announced = models.BooleanField(default=False)
    # None: nobody has said. It is not the same as absent.
    came = models.BooleanField(_("présent"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["registered_at", "pk"]
        default_permissions = ("view", "change", "delete")
        indexes = [
            models.Index(fields=["event", "occurrence_key"], name="registration_of_date"),
            models.Index(
                fields=["is_announced"],
                name="registration_to_announce",
                condition=Q(is_announced=False),
            ),
        ]

    def __str__(self) -> str:
        # The journal keeps it longer than the registration: nobody's name.
        return gettext("inscription n° %(number)s") % {"number": self.pk}

    @property
    def who(self) -> str:
        return f"{self.first_name} {self.name}".strip()
