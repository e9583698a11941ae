"""What people write to a territory with the form of its site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from territories.tenancy.roles import NATIONAL, owners_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Said on the form and on the page about personal data.
MONTHS_KEPT = 6
KEPT_FOR = timedelta(days=183)
READ, ANSWER, DELETE = (
    f"territories.{action}_contactmessage" for action in ("view", "change", "delete")
)


class ContactMessageQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> ContactMessageQuerySet:
        """Those of the territories where a role of that very territory gives the permission; the
        portal's for the national team, which does not read what is written to a territory."""
        if user.is_active and user.is_superuser:
            return self
        owners = owners_where(user, permission)
        own = models.Q(territory__slug__in=owners - {NATIONAL})
        if NATIONAL in owners:
            own |= models.Q(territory=None)
        return self.filter(own)

    def waiting(self) -> ContactMessageQuerySet:
        return self.filter(answered_at=None)

    def old(self) -> ContactMessageQuerySet:
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class ContactMessage(models.Model):
    """One message to a territory (None: to the national team). It says who somebody is: it is in
    no archive, and goes after `KEPT_FOR`."""

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    subject = models.CharField(_("sujet"), max_length=100)
    name = models.CharField(_("nom"), max_length=100, blank=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    text = models.TextField(pgettext_lazy("d’une personne", "message"), max_length=4000)
    # Of the page it was written on, most often that of the person.
    language = models.CharField(_("langue"), max_length=10)
    created_at = models.DateTimeField(_("reçu le"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("répondu par"),
    )

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("d’une personne", "message reçu")
        verbose_name_plural = pgettext_lazy("d’une personne", "messages reçus")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        indexes = [
            models.Index(fields=["territory", "-created_at"], name="contact_of_territory"),
        ]

    def __str__(self) -> str:
        # Stands in the journal, which keeps it longer than the message: nobody's name.
        day = date_format(timezone.localtime(self.created_at), "j F Y")
        return f"{self.subject}, {day}"
