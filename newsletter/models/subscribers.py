"""Who gets the letters of a territory, and the proof that they asked for them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from territories.models import Territory

READ, ADD, CHANGE, DELETE = (
    f"newsletter.{action}_subscriber" for action in ("view", "add", "change", "delete")
)
# A monthly reader is given no second letter before: a month, less a weekend.
A_MONTH = timedelta(days=28)


class SubscriberState(models.TextChoices):
    # The link of the message was not followed: no letter leaves.
    PENDING = "pending", _("à confirmer")
    ACTIVE = "active", _("abonné")
    LEFT = "left", _("désabonné")
    # The address does not exist any more, or its owner called a letter junk.
    STOPPED = "stopped", _("arrêté")


class Frequency(models.TextChoices):
    EACH = "each", _("chaque lettre")
    MONTHLY = "monthly", _("une lettre par mois au plus")


class SubscriberQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> SubscriberQuerySet:
        """Those of the territories where letters are open and a role gives the permission."""
        if user.is_active and user.is_superuser:
            return self
        own = territories_where(user, permission).with_plugin("newsletter")
        return self.filter(territory__in=own)

    def with_address(self, email: str) -> SubscriberQuerySet:
        # As the constraint says it, so that its index answers.
        return self.alias(lowered=Lower("email")).filter(lowered=email.strip().lower())

    def receiving(
        self,
        territory: Territory,
        *,
        themes: Collection[str] = (),
        neighbourhoods: Collection[str] = (),
        now: datetime | None = None,
    ) -> SubscriberQuerySet:
        """Who gets a letter that leaves now.

        `themes` and `neighbourhoods`: codes of whom it is for, none for everybody. Who has chosen
        no theme, or said no neighbourhood, is never left out: they asked for what there is.
        """
        found = self.filter(territory=territory, state=SubscriberState.ACTIVE, wants_letters=True)
        since = (now or timezone.now()) - A_MONTH
        found = found.exclude(frequency=Frequency.MONTHLY, last_letter_at__gt=since)
        if neighbourhoods:
            found = found.filter(neighbourhood__in=["", *neighbourhoods])
        if themes:
            # Codes of a list kept as JSON text, as every database compares it.
            chosen = Q(themes=[])
            for code in themes:
                chosen |= Q(theme_codes__contains=f" {code} ")
            found = found.filter(chosen)
        return found


class Subscriber(models.Model):
    """An address of one territory. The same person may be in another one: nobody is told."""

    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    email = models.EmailField(_("adresse e-mail"))
    state = models.CharField(
        _("état"), max_length=10, choices=SubscriberState, default=SubscriberState.PENDING
    )
    # Stands, signed, in the addresses that letters hold: they work for as long as there is a row.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # False: only what they asked to be told of (alerts).
    wants_letters = models.BooleanField(_("reçoit les lettres"), default=True)
    language = models.CharField(_("langue"), max_length=10, default="fr")
    frequency = models.CharField(
        _("rythme"), max_length=10, choices=Frequency, default=Frequency.EACH
    )
    # Codes of the vocabulary's needs; none: all of them.
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    # The same, as databases compare it: " code code ".
    theme_codes = models.CharField(max_length=500, blank=True, editable=False)
    # Code of a priority neighbourhood of the territory (QPV), or "".
    neighbourhood = models.CharField(_("quartier"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("inscrit le"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)
    # The last time they did something: confirmed, chose, answered that they stay.
    seen_at = models.DateTimeField(_("dernier signe"), default=timezone.now, editable=False)
    # When they were asked whether they stay; None once they have answered.
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_letter_at = models.DateTimeField(_("dernière lettre"), null=True, blank=True)
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    # Of a stopped address: what the mail server, or the provider, said.
    reason = models.CharField(_("raison"), max_length=250, blank=True)
    # Letters that its server sent back since the last one that it kept, and when the last of them.
    bounces = models.PositiveSmallIntegerField(default=0, editable=False)
    bounced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("abonné")
        verbose_name_plural = _("abonnés")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "add", "change", "delete")
        constraints = [
            models.UniqueConstraint(
                "territory", Lower("email"), name="subscriber_once_in_a_territory"
            )
        ]
        indexes = [models.Index(fields=["territory", "state"], name="subscribers_of_territory")]

    def __str__(self) -> str:
        # The journal keeps it longer than the address: it says nobody's.
        return gettext("abonné n° %(number)s") % {"number": self.pk}

    def save(self, *args, **kwargs) -> None:
        # Databases lower the letters of ASCII alone, which is all that stands before the @.
        name, at, domain = self.email.rpartition("@")
        self.email = f"{name}{at}{domain.lower()}"
        self.theme_codes = f" {' '.join(self.themes)} " if self.themes else ""
        if (fields := kwargs.get("update_fields")) and "themes" in fields:
            kwargs["update_fields"] = {*fields, "theme_codes"}
        super().save(*args, **kwargs)


class Consent(models.Model):
    """The proof of a consent, written once (GDPR, article 7.1): when, where, and to which words."""

    class Source(models.TextChoices):
        FORM = "form", _("formulaire du site")
        IMPORT = "import", _("fichier importé")
        TEAM = "team", _("écrit par l’équipe")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="consents")
    source = models.CharField(_("origine"), max_length=10, choices=Source)
    # What the person read and ticked; of a file, where and when they had said yes.
    words = models.TextField(_("ce qui a été accepté"))
    # Address of the form, on the territory's host.
    page = models.CharField(_("page"), max_length=250, blank=True)
    given_at = models.DateTimeField(_("donné le"), default=timezone.now)
    # The signed link was followed; None until it is.
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)
    # They had said yes elsewhere: `words` tell where and when, and `added_by` answers for it.
    is_proven = models.BooleanField(_("accord déjà donné"), default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("preuve de consentement")
        verbose_name_plural = _("preuves de consentement")
        ordering = ["given_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.given_at:%Y-%m-%d}"


class Objection(models.Model):
    """An address that asked for no more letters, as a keyed hash: no file brings it back."""

    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opposition")
        verbose_name_plural = _("oppositions")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["territory", "digest"], name="objection_once")
        ]

    def __str__(self) -> str:
        return gettext("opposition n° %(number)s") % {"number": self.pk}


def digest_of(territory: Territory, email: str) -> str:
    """Cannot be compared from one territory to the next, nor guessed without SECRET_KEY."""
    salt = f"newsletter.objection:{territory.pk}"
    return salted_hmac(salt, email.strip().lower(), algorithm="sha256").hexdigest()
