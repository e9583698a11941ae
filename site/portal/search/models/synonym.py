from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """What residents say for something, typed in the admin: for all of France or for one territory.

    Added to the lists that come with the site (`data/synonyms/`), which it may also undo;
    `vocabulary.in_force` puts them together. `said` and `means`: several are parted by commas.
    """

    class Link(models.TextChoices):
        TOWARDS = "towards", _("Qui cherche le premier trouve aussi le second")
        SAME = "same", _("L’un vaut l’autre, dans les deux sens")
        NAME = "name", _("C’est un nom : ses mots restent ensemble")
        NEVER = "never", _("Le premier ne mène pas au second : défaire ce lien")

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
        help_text=_("Vide : pour toute la France."),
    )
    said = models.CharField(
        _("ce que les habitants écrivent"),
        max_length=300,
        help_text=_("Par exemple : boulot. S’il y a plusieurs façons, mettez des virgules."),
    )
    link = models.CharField(_("lien"), max_length=10, choices=Link.choices, default=Link.TOWARDS)
    means = models.CharField(
        _("ce que cela veut dire"),
        max_length=300,
        blank=True,
        help_text=_("Les mots de vos fiches, par exemple : emploi. Rien pour un nom."),
    )

    class Meta:
        verbose_name = _("synonyme")
        verbose_name_plural = _("synonymes")
        ordering = ["said", "pk"]

    def __str__(self) -> str:
        return self.said

    def clean(self) -> None:
        from portal.search.vocabulary.rules import faults_of

        if faults := faults_of(self):
            raise ValidationError(faults)
