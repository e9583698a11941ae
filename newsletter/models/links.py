"""How often the links of letters are followed, where a territory wants to know: never by whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from territories.models import Territory


class LinkCounting(models.Model):
    """A territory that counts. Without its row, as at first, the links of a letter are bare."""

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("compte des liens suivis")
        verbose_name_plural = _("comptes des liens suivis")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.territory)


class FollowedLink(models.Model):
    """How many times a link of a letter, in one language, was followed on a day."""

    letter = models.ForeignKey(
        "newsletter.NewsletterPage", models.CASCADE, related_name="followed_links"
    )
    address = models.TextField(_("adresse du lien"))
    # Of the address, which may be longer than an index takes.
    digest = models.CharField(max_length=64)
    day = models.DateField(_("jour"))
    times = models.PositiveIntegerField(_("fois"), default=0)

    class Meta:
        verbose_name = _("lien suivi")
        verbose_name_plural = _("liens suivis")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "digest", "day"], name="link_followed_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}, {self.day:%Y-%m-%d}"


def counts_links(territory: Territory) -> bool:
    return LinkCounting.objects.filter(territory=territory).exists()
