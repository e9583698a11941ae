from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PAGES = ("page", "second_page", "third_page")


class PromotionQuerySet(models.QuerySet):
    def in_force(self, day: date) -> PromotionQuerySet:
        return self.filter(
            Q(first_day=None) | Q(first_day__lte=day), Q(last_day=None) | Q(last_day__gte=day)
        )


class Promotion(models.Model):
    """What a territory (None: the portal) puts above the results of some questions.

    At most three things: pages, whose translations follow, and an address outside.
    """

    # Its name in an archive.
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
        help_text=_("Vide : pour le portail national."),
    )
    questions = models.TextField(
        _("quand on cherche"),
        max_length=2_000,
        help_text=_(
            "Un mot ou quelques mots par ligne, comme les habitants les tapent : « permis », "
            "« garde d’enfants ». Les accents, les pluriels et les fautes de frappe ne comptent "
            "pas. La réponse se montre dès que tous les mots d’une ligne sont dans la question."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page à montrer d’abord"),
    )
    second_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deuxième page"),
    )
    third_page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("troisième page"),
    )
    url = models.URLField(
        _("adresse d’un autre site"),
        max_length=500,
        blank=True,
        help_text=_("Commence par https://."),
    )
    title = models.CharField(
        _("titre"), max_length=120, blank=True, help_text=_("Ce qu’on y trouve, en peu de mots.")
    )
    sentence = models.CharField(
        _("une phrase"),
        max_length=240,
        blank=True,
        help_text=_("À qui cela sert, avec des mots de tous les jours."),
    )
    first_day = models.DateField(_("premier jour"), null=True, blank=True)
    last_day = models.DateField(
        _("dernier jour"), null=True, blank=True, help_text=_("Vide : tant que vous le laissez.")
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse conseillée")
        verbose_name_plural = _("réponses conseillées")
        ordering = ["questions", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "identity"], name="one_promotion_per_identity"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(self.phrases)[:100]

    @property
    def phrases(self) -> Sequence[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]
