"""What residents searched for in vain, counted without saying who searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from territories.tenancy.roles import NATIONAL, owners_where

if TYPE_CHECKING:
    from django.contrib.auth.models import User

READ, DEAL = (f"portal_search.{action}_unmetsearch" for action in ("view", "change"))


class TallyKey(models.Model):
    """The secret under which the searches of one month are counted; destroyed when it is over, so
    that nobody may try words against what was counted."""

    month = models.DateField(unique=True)
    secret = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("clé des recherches comptées")
        verbose_name_plural = _("clés des recherches comptées")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class OfUser(models.QuerySet):
    def of_user(self, user: User, permission: str = READ) -> OfUser:
        """Those of the territories where a role gives the permission; all for the national team."""
        if user.is_active and user.is_superuser:
            return self
        owners = owners_where(user, permission)
        return self if NATIONAL in owners else self.filter(territory__slug__in=owners)

    def in_vain(self) -> int:
        found = self.aggregate(times=Sum(F("without_result") + F("without_click")))
        return found["times"] or 0


class Counted(models.Model):
    """How the searches for the same words ended, in one territory (None: on the portal) and one
    language. `opened` is only counted once something was searched for in vain."""

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("territoire"),
    )
    language = models.CharField(_("langue"), max_length=12)
    without_result = models.PositiveIntegerField(_("sans résultat"), default=0)
    without_click = models.PositiveIntegerField(_("sans clic"), default=0)
    opened = models.PositiveIntegerField(_("avec une fiche ouverte"), default=0)

    objects = OfUser.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    @property
    def times(self) -> int:
        """In vain."""
        return self.without_result + self.without_click


class SearchTally(Counted):
    """Words that nobody can read, under the key of their month; `digest` "": the rest of a month
    that is over, all together."""

    month = models.DateField()
    digest = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("recherche comptée")
        verbose_name_plural = _("recherches comptées")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["month", "territory", "language", "digest"], name="one_tally"
            ),
            models.UniqueConstraint(
                fields=["month", "language", "digest"],
                condition=Q(territory=None),
                name="one_tally_of_the_portal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.digest}"


class UnmetSearch(Counted):
    """Words that were searched for in vain often enough to be read. `folded`: without accents or
    capitals, by which they are known again. Weeks are their Mondays; no moment is kept."""

    LONGEST_TEXT = 80
    # Not dealt with, or searched for in vain again since.
    OPEN = Q(dealt_with_in=None) | Q(dealt_with_in__lt=F("last_week"))

    folded = models.CharField(max_length=200)
    text = models.CharField(_("recherche"), max_length=LONGEST_TEXT)
    last_week = models.DateField(_("dernière semaine"))
    dealt_with_in = models.DateField(_("traitée la semaine du"), null=True)

    class Meta:
        verbose_name = _("recherche sans réponse")
        verbose_name_plural = _("recherches sans réponse")
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "language", "folded"], name="one_unmet_search"
            ),
            models.UniqueConstraint(
                fields=["language", "folded"],
                condition=Q(territory=None),
                name="one_unmet_search_of_the_portal",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.dealt_with_in is None or self.dealt_with_in < self.last_week
