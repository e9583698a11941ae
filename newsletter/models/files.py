"""A list of addresses that the team brings from elsewhere, until each is a reader or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class SubscriberFileQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str) -> SubscriberFileQuerySet:
        if user.is_active and user.is_superuser:
            return self
        own = territories_where(user, permission).with_plugin("newsletter")
        return self.filter(territory__in=own)


class SubscriberFile(models.Model):
    """`rows`: what is left of the file, emptied once all is done: [line, address, wishes] each."""

    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    name = models.CharField(_("fichier"), max_length=250)
    # Where and when these people had said yes, or why the team writes to them.
    words = models.TextField(_("ce qui a été accepté"))
    # They had said yes elsewhere, and somebody answers for it: no message asks them again.
    is_proven = models.BooleanField(default=False)
    rows = models.JSONField(default=list)
    # Of the rows, those that are done: what dies in between goes on from there.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # What became of them: active, mailed, known, objected.
    counts = models.JSONField(default=dict)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Somebody has read the plan and said yes.
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriberFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier d’abonnés")
        verbose_name_plural = _("fichiers d’abonnés")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("fichier d’abonnés n° %(number)s") % {"number": self.pk}
