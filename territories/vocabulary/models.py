from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermQuerySet(models.QuerySet):
    def of(self, kind: str) -> TermQuerySet:
        return self.filter(kind=kind)

    def get_by_natural_key(self, kind: str, code: str) -> Term:
        return self.get(kind=kind, code=code)


class Term(models.Model):
    """A governed word: one code, the institution's label, and the words residents use.

    `translations`: the residents' words by language code; the French ones are `resident_label`.
    Codes and labels of the data·inclusion kinds are those of the schema named in
    `data/terms.json`; only the residents' words are the national team's to change.
    """

    class Kind(models.TextChoices):
        THEME_CATEGORY = "theme-category", _("famille de thèmes")
        THEME = "theme", _("thème")
        PUBLIC = "public", _("public")
        NETWORK = "network", _("réseau porteur")
        EVENT_FORMAT = "event-format", _("format d’événement")
        AXIS = "axis", _("axe d’un plan d’action")
        SECTOR = "sector", _("secteur d’activité")

    kind = models.CharField(_("sorte"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=120)
    label = models.CharField(_("nom institutionnel"), max_length=200)
    resident_label = models.CharField(
        _("mot des habitants"),
        max_length=200,
        blank=True,
        help_text=_("Ce que les habitants lisent. Vide : le nom institutionnel."),
    )
    translations = models.JSONField(_("dans les autres langues"), default=dict, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("famille"),
    )
    icon = models.CharField(_("pictogramme"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_retired = models.BooleanField(
        _("retiré"), default=False, help_text=_("N’est plus proposé, reste lisible où il sert.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("terme du vocabulaire")
        verbose_name_plural = _("vocabulaire")
        ordering = ["kind", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_term_per_code")]

    def __str__(self) -> str:
        return self.words

    def natural_key(self) -> tuple[str, str]:
        return self.kind, self.code

    @property
    def words(self) -> str:
        """What residents read, in their language where the vocabulary has it."""
        return self.translations.get(get_language() or "") or self.resident_label or self.label
