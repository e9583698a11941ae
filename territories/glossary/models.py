from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

DEFINITION_LENGTH = 300


class GlossaryQuerySet(models.QuerySet):
    def of_owners(self, owners: Iterable[int | None]) -> GlossaryQuerySet:
        """Those of territories, by primary key; None stands for the national ones."""
        owners = set(owners)
        found = Q(territory__in=owners - {None})
        return self.filter(found | Q(territory=None) if None in owners else found)


class GlossaryEntry(models.Model):
    """A word and its meaning in plain French, for all of France or for one territory.

    A territory's entry replaces the national one of the same code, there and nowhere else.
    `translations`: by language code, `{"words": one a line, "definition": …}`; without a definition
    the entry is shown in French.
    """

    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territoire"),
        help_text=_("Vide : pour toute la France."),
    )
    code = models.SlugField(_("code"), max_length=100, editable=False)
    term = models.CharField(
        _("mot ou sigle"), max_length=80, help_text=_("Comme on le lit, par exemple QPV.")
    )
    expansion = models.CharField(
        _("ce que veut dire le sigle"),
        max_length=200,
        blank=True,
        help_text=_("Les mots derrière les lettres. Vide quand ce n’est pas un sigle."),
    )
    spellings = models.TextField(
        _("autres façons de l’écrire"),
        blank=True,
        help_text=_("Pluriels, féminins, mots voisins : un par ligne."),
    )
    definition = models.TextField(
        _("sens"),
        max_length=DEFINITION_LENGTH,
        help_text=_("Deux ou trois phrases courtes, avec des mots de tous les jours."),
    )
    say_instead = models.CharField(
        _("dire plutôt"),
        max_length=150,
        blank=True,
        help_text=_("Des mots plus simples, à préférer quand vous écrivez."),
    )
    translations = models.JSONField(_("dans les autres langues"), default=dict, blank=True)
    is_retired = models.BooleanField(
        _("retiré"), default=False, help_text=_("N’est plus expliqué ni montré.")
    )

    objects = GlossaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("mot du glossaire")
        verbose_name_plural = _("mots du glossaire")
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(territory=None),
                name="one_national_entry_per_code",
            ),
            models.UniqueConstraint(
                fields=["territory", "code"], name="one_entry_per_code_and_territory"
            ),
        ]

    def __str__(self) -> str:
        return self.term

    @property
    def forms(self) -> list[str]:
        return [self.term, *lines(self.spellings)]

    def clean(self) -> None:
        """The code is the word's, once and for all: a correction of its spelling keeps it."""
        self.code = self.code or slugify(self.term)
        if not self.code:
            raise ValidationError({"term": _("Écrivez au moins une lettre ou un chiffre.")})
        same = GlossaryEntry.objects.filter(territory=self.territory_id, code=self.code)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"term": _("« %(term)s » est déjà dans ce glossaire.") % {"term": self.term}}
            )


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
