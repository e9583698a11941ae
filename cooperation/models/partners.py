"""Who makes the Cité possible: institutions, associations, employers, funders."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from cooperation.forms import CooperationForm
from territories.pages.index import IndexPage

from .groups import ACTOR


class PartnersPage(IndexPage):
    """`/partenaires/`: the partners, by what they bring."""

    base_form_class = CooperationForm
    content_panels = [
        *IndexPage.content_panels,
        InlinePanel("partners", heading=_("Partenaires"), label=_("Partenaire")),
    ]
    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types: list[str] = []
    menu_icon = "group"
    menu_order = 90
    is_for_professionals = True

    class Meta:
        verbose_name = _("page des partenaires")
        verbose_name_plural = _("pages des partenaires")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from cooperation.partners import partners_of

        context = super().get_context(request, *args, **kwargs)
        context["families"] = partners_of(self.territory)
        return context


class Partner(Orderable):
    """An actor of the directory, or a name with its link and its logo."""

    class Category(models.TextChoices):
        INSTITUTION = "institution", _("Institutions")
        ASSOCIATION = "association", _("Associations")
        EMPLOYER = "employer", _("Employeurs")
        FUNDER = "funder", _("Financeurs")

    page = ParentalKey(PartnersPage, on_delete=models.CASCADE, related_name="partners")
    category = models.CharField(_("famille"), max_length=12, choices=Category)
    actor = models.ForeignKey(
        ACTOR,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acteur du territoire"),
        help_text=_("Son nom et sa fiche sont repris."),
    )
    name = models.CharField(_("ou un nom"), max_length=150, blank=True)
    url = models.URLField(_("site web"), max_length=2083, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    logo_alt = models.CharField(
        _("texte de remplacement du logo"),
        max_length=250,
        blank=True,
        help_text=_("Dites ce que montre le logo à une personne qui ne le voit pas."),
    )

    panels = [
        FieldPanel("category"),
        FieldRowPanel([PageChooserPanel("actor", ACTOR), FieldPanel("name")]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_alt")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")

    def __str__(self) -> str:
        return self.name or str(self.actor or "")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not self.actor_id and not self.name:
            errors["name"] = _("Choisissez un acteur, ou écrivez un nom.")
        if self.logo_id and not self.logo_alt:
            errors["logo_alt"] = _("Texte de remplacement : dites ce que montre le logo.")
        if errors:
            raise ValidationError(errors)
