from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ActorMember(models.Model):
    """Somebody who works for an actor, and offers changes to its sheets. One may have several."""

    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.CASCADE,
        related_name="members",
        verbose_name=_("acteur"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="actor_memberships",
        verbose_name=_("personne"),
    )
    since = models.DateTimeField(_("depuis"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("partenaire d’une fiche")
        verbose_name_plural = _("partenaires d’une fiche")
        constraints = [
            models.UniqueConstraint(fields=["actor", "user"], name="one_membership_per_actor")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.actor_id}"
