from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.links.models import SignedLink

PURPOSE = "invitation"


class InvitationManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(purpose=PURPOSE)

    def waiting(self, territory):
        """Neither accepted nor withdrawn, expired ones too, the latest first."""
        return self.filter(territory=territory, used_at=None, withdrawn_at=None).order_by(
            "-created_at"
        )


class Invitation(SignedLink):
    """The link by which somebody joins a territory (None: the national team), with its roles."""

    objects = InvitationManager()

    class Meta:
        proxy = True
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    @property
    def first_name(self) -> str:
        return self.payload.get("first_name", "")

    @property
    def last_name(self) -> str:
        return self.payload.get("last_name", "")

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def roles(self) -> list[str]:
        return self.payload.get("roles", [])

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class LogInRules(models.Model):
    """What the national team asks of everybody who logs in to the admin: one row, or none."""

    asks_second_factor = models.BooleanField(
        _("exiger la double authentification"),
        default=False,
        help_text=_(
            "Pour les personnes qui coordonnent un territoire, l’équipe nationale et "
            "l’administration. À leur prochaine visite, elles l’installent avant tout le reste."
        ),
    )

    class Meta:
        verbose_name = _("règles de connexion")
        verbose_name_plural = _("règles de connexion")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "LogInRules":
        return cls.objects.first() or cls(pk=1)
