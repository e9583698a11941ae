"""The shared grid: what the national team asks of what bears the label."""

from __future__ import annotations

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from labelling.grids.words import CriterionWords, GridWords, say

FROZEN = _(
    "Cette grille a déjà servi à un label ou à une demande : elle ne change plus. "
    "Pour d’autres critères, faites une nouvelle grille."
)
OWN_FROZEN = _(
    "Ce critère a déjà servi à un label ou à une demande : il ne change plus. "
    "Pour demander autre chose, ajoutez un nouveau critère."
)
ONLY_OPTIONAL = _(
    "Un critère ajouté par un territoire est toujours facultatif : "
    "seule la grille partagée a des critères obligatoires."
)
BAD_VERSION = _(
    "Des lettres sans accent, des chiffres, des points et des tirets : 20 signes au plus, comme "
    "« 2026-1 »."
)
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")


class CriteriaGridQuerySet(models.QuerySet):
    def current(self, today: date | None = None) -> CriteriaGrid | None:
        """The grid that new labels are judged by: the latest published one."""
        return self.published(today).first()

    def published(self, today: date | None = None) -> CriteriaGridQuerySet:
        """Those in use or once used, the latest first."""
        published = self.filter(published_on__lte=today or timezone.localdate())
        return published.order_by("-published_on", "-pk")


class SharedGrids(models.Manager.from_queryset(CriteriaGridQuerySet)):
    """Those of the national team: whoever asks without care never meets what a territory adds."""

    def get_queryset(self) -> CriteriaGridQuerySet:
        return super().get_queryset().filter(territory=None)


class GridForm(WagtailAdminModelForm):
    """Says once, on top, that a grid which served is frozen."""

    def clean(self):
        cleaned = super().clean()
        changed = self.has_changed() or any(
            formset.has_changed() for formset in self.formsets.values()
        )
        if changed and self.instance.is_frozen:
            raise ValidationError(FROZEN)
        return cleaned


class CriteriaGrid(ClusterableModel):
    """A version of the grid, or what a territory adds to one.

    Once a version was answered or judged by, what it says in French no longer changes; it may still
    be said in other languages, which only help to read it.
    """

    name = models.CharField(_("nom"), max_length=150)
    version = models.CharField(_("version"), max_length=100, unique=True)
    published_on = models.DateField(
        _("publiée le"),
        null=True,
        blank=True,
        help_text=_("Vide : la grille est un brouillon, aucun label n’est donné avec elle."),
    )
    introduction = models.TextField(_("introduction"), blank=True)
    # The optional criteria that a territory adds to a shared grid stand in a grid of their own.
    territory = models.ForeignKey(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("territoire"),
    )
    completes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("complète"),
    )
    # By language code: {"name": …, "introduction": …}.
    translations = models.JSONField(_("dans les autres langues"), default=dict, blank=True)

    objects = SharedGrids()
    with_additions = CriteriaGridQuerySet.as_manager()
    base_form_class = GridForm

    panels = [
        FieldPanel("name"),
        FieldPanel("version"),
        FieldPanel("published_on"),
        FieldPanel("introduction"),
        InlinePanel("criteria", heading=_("Critères"), label=_("critère")),
    ]

    class Meta:
        verbose_name = _("grille de critères")
        verbose_name_plural = _("grilles de critères")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(territory=None, completes=None)
                | models.Q(territory__isnull=False, completes__isnull=False),
                name="additions_complete_a_shared_grid",
            ),
            models.UniqueConstraint(
                fields=["territory", "completes"], name="one_grid_of_additions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def clean(self) -> None:
        super().clean()
        # That of additions is made of what they complete, and shown to nobody.
        if self.territory_id is None and not VERSION.fullmatch(self.version):
            raise ValidationError({"version": BAD_VERSION})

    @property
    def is_frozen(self) -> bool:
        """What an applicant answered and a label was judged by must stay what it was."""
        return self.pk is not None and (self.labels.exists() or self.applications.exists())

    @property
    def shown(self) -> GridWords:
        """Its words in the visitor's language, or in French; `shown.language` says which."""
        return say(GridWords, self, get_language() or "")


class CriterionKind(models.TextChoices):
    MANDATORY = "mandatory", _("obligatoire")
    OPTIONAL = "optional", _("facultatif")


class Criterion(Orderable):
    """One question of the grid; each answers a problem that was seen on the ground."""

    grid = ParentalKey(CriteriaGrid, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(_("sorte"), max_length=10, choices=CriterionKind)
    number = models.PositiveSmallIntegerField(_("numéro"))
    # What the criterion asks, in one word that stays from version to version: what is known of an
    # event already answers it (`applying/facts.py`). Empty for those of a territory.
    key = models.SlugField(
        _("clé"),
        max_length=40,
        blank=True,
        help_text=_("Un mot qui reste le même d’une version à l’autre, comme « access »."),
    )
    name = models.CharField(_("nom"), max_length=150)
    question = models.CharField(
        _("question en mots simples"),
        max_length=200,
        help_text=_("Comme « Est-ce facile de venir ? »"),
    )
    problem = models.TextField(_("problème auquel il répond"), blank=True)
    help_text = models.TextField(_("aide"), blank=True)
    examples = models.TextField(_("exemples"), blank=True, help_text=_("Un par ligne."))
    evidence = models.TextField(_("preuve attendue"), blank=True)
    # By language code, the fields above: {"name": …, "question": …, …}.
    translations = models.JSONField(_("dans les autres langues"), default=dict, blank=True)

    panels = [
        FieldPanel("kind"),
        FieldPanel("number"),
        FieldPanel("key"),
        FieldPanel("name"),
        FieldPanel("question"),
        FieldPanel("problem"),
        FieldPanel("help_text"),
        FieldPanel("examples"),
        FieldPanel("evidence"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("critère")
        verbose_name_plural = _("critères")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "kind", "number"], name="one_criterion_per_number"
            ),
            models.UniqueConstraint(
                fields=["grid", "key"], condition=~models.Q(key=""), name="one_criterion_per_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        # In the editor a new criterion has no grid yet: the form of the grid looks after it.
        if not self.grid_id:
            return
        if self.is_own and self.kind != CriterionKind.OPTIONAL:
            raise ValidationError(ONLY_OPTIONAL)
        if self.is_frozen and self.differs():
            raise ValidationError(self.why_frozen)

    def delete(self, *args, **kwargs):
        if self.is_frozen:
            raise ValidationError(self.why_frozen)
        return super().delete(*args, **kwargs)

    @property
    def is_own(self) -> bool:
        """Added by a territory."""
        return self.grid.territory_id is not None

    @property
    def is_frozen(self) -> bool:
        """A shared grid is frozen as a whole; of what a territory adds, what was used."""
        if not self.is_own:
            return self.grid.is_frozen
        return self.pk is not None and (self.answers.exists() or self.checks.exists())

    @property
    def why_frozen(self) -> str:
        return OWN_FROZEN if self.is_own else FROZEN

    def differs(self) -> bool:
        """From what is stored, in French and the order on screen aside; a new criterion does."""
        before = Criterion.objects.filter(pk=self.pk).values().first()
        return before is None or any(
            before[field.attname] != getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.name not in {"sort_order", "translations"}
        )

    @property
    def shown(self) -> CriterionWords:
        """Its words in the visitor's language, or in French; `shown.language` says which."""
        return say(CriterionWords, self, get_language() or "")

    @property
    def example_list(self) -> list[str]:
        return say(CriterionWords, self, "").example_list


class GridAdoption(models.Model):
    """A territory judges by this grid from that moment on; its latest adoption is in force."""

    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    grid = models.ForeignKey(
        CriteriaGrid, models.PROTECT, related_name="adoptions", verbose_name=_("grille")
    )
    adopted_at = models.DateTimeField(_("adoptée le"), default=timezone.now, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("adoption d’une grille")
        verbose_name_plural = _("adoptions d’une grille")
        ordering = ["-adopted_at", "-pk"]
        default_permissions = ("add",)

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.grid_id}"
