from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .plan import Plan
    from .steps import Step

# A step takes a second or so; nothing heard for so long, nobody is at work any more.
SILENCE = timedelta(seconds=30)


class ProvisioningQuerySet(models.QuerySet):
    def unfinished(self) -> ProvisioningQuerySet:
        return self.exclude(state=Provisioning.State.DONE)


class Provisioning(models.Model):
    """The making of one territory: what was asked, by whom, and how far it has come.

    Whoever makes a territory chooses the key, so that asking twice is asking once. Steps that are
    done are kept by name: an upgrade between two halves of a run may bring new ones.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminée")
        FAILED = "failed", _("arrêtée")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(_("nom court"), max_length=60, unique=True)
    plan = models.JSONField(_("ce qui est demandé"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("demandée par"),
    )
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    heard_at = models.DateTimeField(_("dernière nouvelle"), auto_now=True)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.WAITING)
    steps_done = models.JSONField(_("étapes faites"), default=list, blank=True)
    errors = models.JSONField(_("ce qui l’a arrêtée"), default=list, blank=True)
    territory = models.OneToOneField(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="provisioning",
        verbose_name=_("territoire"),
    )

    objects = ProvisioningQuerySet.as_manager()

    class Meta:
        verbose_name = _("création d’un territoire")
        verbose_name_plural = _("créations de territoires")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.slug

    def read_plan(self) -> Plan:
        from .plan import Plan

        return Plan(**self.plan)

    def steps(self) -> list[Step]:
        from .steps import steps_of

        return steps_of(self.read_plan(), self.asked_by_id)

    def next_step(self) -> Step | None:
        return next((step for step in self.steps() if step.code not in self.steps_done), None)

    @property
    def is_silent(self) -> bool:
        """Whether a run that should be going on, or begin, gives no sign of it."""
        is_due = self.state in {self.State.WAITING, self.State.RUNNING}
        return is_due and timezone.now() - self.heard_at > SILENCE
