import uuid

from django.core.signing import Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignedLink(models.Model):
    """A link sent to somebody: for one purpose, until a day, once.

    The row holds no secret: the token is its key and a signature made with SECRET_KEY, so that
    who reads the database can open nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("usage"), max_length=40)
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    email = models.EmailField(_("adresse e-mail"), blank=True)
    payload = models.JSONField(_("contenu"), default=dict, blank=True)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valable jusqu’au"))
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien envoyé")
        verbose_name_plural = _("liens envoyés")
        indexes = [models.Index(fields=["territory", "purpose"])]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.email}"

    @property
    def token(self) -> str:
        """What stands in the address; `~` needs no escape there."""
        return signer_for(self.purpose).sign(self.id.hex)


def signer_for(purpose: str) -> Signer:
    # Another purpose is another salt: an invitation never opens a sheet.
    return Signer(sep="~", salt=f"territories.links.{purpose}")
