"""Changes that people without editing rights offer, until a coordinator decides."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class State(models.TextChoices):
    WAITING = "waiting", _("en attente")
    APPLIED = "applied", _("reprise")
    REFUSED = "refused", _("refusée")
    WITHDRAWN = "withdrawn", _("retirée")


class ProposalQuerySet(models.QuerySet):
    def waiting(self) -> ProposalQuerySet:
        return self.filter(state=State.WAITING)

    def open(self) -> ProposalQuerySet:
        """Leaves out those about pages of a plugin that is closed in their territory."""
        from territories.models import Territory

        from .sheets import proposables

        where = models.Q(pk__in=[])
        for plugin, model in ((label, kind.model) for label, kind in proposables()):
            where |= models.Q(
                page__content_type=ContentType.objects.get_for_model(model),
                territory__in=Territory.objects.with_plugin(plugin),
            )
        return self.filter(where)

    def readable_by(self, user: User) -> ProposalQuerySet:
        """Those of the territories where a role lets this person read what is offered."""
        from territories.tenancy.roles import territories_where

        return self.open().filter(
            territory__in=territories_where(user, "territories.view_proposal")
        )


class Proposal(models.Model):
    """What somebody offers to change on one record. It changes nothing by itself.

    `changes`: `{field: {"before": …, "after": …}}`, as a revision would hold the values; `before`
    is what was published when it was offered. It is never changed: a new one replaces it.
    `applied`: the fields that were taken over.
    """

    identity = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="proposals", verbose_name=_("fiche")
    )
    changes = models.JSONField(_("changements"), encoder=DjangoJSONEncoder)
    note = models.TextField(_("mot pour la coordination"), max_length=2000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("proposée par"),
    )
    email = models.EmailField(_("adresse e-mail"), blank=True)
    link = models.ForeignKey(
        "territories.SignedLink", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("proposée le"), default=timezone.now, editable=False)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("décidée par"),
    )
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    reason = models.TextField(_("raison"), max_length=1000, blank=True)
    applied = models.JSONField(_("champs repris"), default=list, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposition")
        verbose_name_plural = _("propositions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "user"],
                condition=models.Q(state=State.WAITING),
                name="one_waiting_proposal_per_person",
            )
        ]
        indexes = [
            models.Index(fields=["territory", "state"], name="proposal_of_territory"),
            models.Index(fields=["page", "state"], name="proposal_of_page"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {', '.join(self.changes)}"

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def proposer(self) -> str:
        """Who offers it, as a coordinator knows them."""
        from territories.people.members import name_of

        if self.user is not None:
            return name_of(self.user)
        return self.email or str(_("quelqu’un qui n’a plus de compte"))
