"""What organisations and groups of residents answer to a call for projects."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import territories_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Said on the form: after the call has closed.
MONTHS_KEPT = 24
KEPT_FOR = timedelta(days=731)
READ, DELETE = (f"cooperation.{action}_projectresponse" for action in ("view", "delete"))
# Read aloud over the telephone: no letter that sounds like another or looks like a figure.
LETTERS = "ACDEFHJKLMNPRTUVWXY34679"


def new_reference() -> str:
    return "AP-" + "".join(secrets.choice(LETTERS) for _place in range(8))


class ProjectResponseQuerySet(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> ProjectResponseQuerySet:
        """Those of the territories where the plugin is open and a role gives the permission."""
        if user.is_superuser:
            return self
        own = territories_where(user, permission).with_plugin("cooperation")
        return self.filter(territory__in=own)

    def old(self) -> ProjectResponseQuerySet:
        return self.filter(call__closes_at__lt=timezone.now() - KEPT_FOR)


class ProjectResponse(models.Model):
    """One answer, which only the coordination of the territory reads; erased after `KEPT_FOR`."""

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("référence"), max_length=20, unique=True, default=new_reference)
    # With its call, it would go without a word: a call that was answered stays.
    call = models.ForeignKey(
        "cooperation.CallForProjectsPage",
        models.PROTECT,
        related_name="responses",
        verbose_name=_("appel à projets"),
    )
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        related_name="+",
        verbose_name=_("territoire"),
    )
    organisation = models.CharField(_("organisme ou groupe"), max_length=150)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    contact_name = models.CharField(_("personne à contacter"), max_length=150)
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    title = models.CharField(_("nom du projet"), max_length=150)
    description = models.TextField(_("description du projet"), max_length=6000)
    amount = models.DecimalField(
        _("montant demandé"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    language = models.CharField(_("langue"), max_length=10)
    sent_at = models.DateTimeField(_("reçue le"), default=timezone.now, editable=False)

    objects = ProjectResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse à un appel à projets")
        verbose_name_plural = _("réponses aux appels à projets")
        ordering = ["-sent_at"]
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        # The journal keeps it for good: no name.
        return self.reference


def private_place(instance: ResponseFile, filename: str) -> str:
    """Under the folder that no web server hands out: see docs/operations.md."""
    return f"documents/responses/{instance.response.identity}/{secrets.token_hex(4)}-{filename}"


class ResponseFile(models.Model):
    response = models.ForeignKey(ProjectResponse, models.CASCADE, related_name="files")
    file = models.FileField(_("fichier"), upload_to=private_place, max_length=255)
    name = models.CharField(_("nom"), max_length=150)
    size = models.PositiveIntegerField(_("taille"))

    class Meta:
        verbose_name = _("fichier d’une réponse")
        verbose_name_plural = _("fichiers d’une réponse")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
