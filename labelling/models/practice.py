"""Practice sheets (fiches actions): what worked, written so that somebody else does it again."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from labelling.practice.forms import PracticeSheetForm
from labelling.practice.origin import OriginPanel
from resources_directory.models.contact import CONTACT_PANEL, Contact
from territories.blocks.field import ContentField
from territories.pages.base import TerritoryPage
from territories.pages.index import IndexPage
from territories.pages.routing import child_ahead
from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term

SUMMARY_LENGTH = 200
FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
BEARERS = ["agenda.EventPage", "cooperation.ActionPage", "resources_directory.ActorPage"]


class PracticeSheetsPage(IndexPage):
    """`/fiches-actions/`: those of a territory; on the portal, those of all."""

    subpage_types = ["labelling.PracticeSheetPage"]
    menu_icon = "book"
    menu_order = 70
    is_for_professionals = True

    class Meta:
        verbose_name = _("rubrique Fiches actions")
        verbose_name_plural = _("rubriques Fiches actions")

    def route(self, request, path_components):
        child = child_ahead(request, self, path_components[0]) if path_components else None
        if child is not None:
            # With its record and what stands beside it, in the query that would read it alone.
            found = PracticeSheetPage.objects.with_record(child)
            read = {sheet.pk: sheet for sheet in found.select_related("format", "territory__site")}
            if child.pk in read:
                sheet = child.specific = read[child.pk]
                sheet.record = next((one for one in read.values() if one.is_record), sheet)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from labelling.practice.lists import sheet_list

        return {**super().get_context(request, *args, **kwargs), **sheet_list(request)}


class PracticeSheetPage(TerritoryPage, Contact):
    """`facts`: what the report said on the day it was taken, a copy (see `practice/carrying.py`);
    a report that is corrected later changes nothing here until somebody takes it up again."""

    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce que vous avez fait, et pour qui."),
    )
    context = RichTextField(
        _("pourquoi cette action"),
        features=FEATURES,
        blank=True,
        help_text=_("Ce qui n’allait pas, et ce que vous vouliez changer."),
    )
    partners = models.TextField(
        _("avec qui"), blank=True, help_text=_("Un partenaire par ligne, sans nom de personne.")
    )
    cost = models.DecimalField(
        _("coût, en euros"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, _("Coût : 0 au moins, ou laissez vide."))],
        help_text=_("Vide : le coût est inconnu. Inconnu n’est pas zéro."),
    )
    cost_words = models.CharField(
        _("ce que le coût comprend"),
        max_length=250,
        blank=True,
        help_text=_("Comme « salle prêtée, 300 € de repas »."),
    )
    results = RichTextField(
        _("ce que ça a donné"),
        features=FEATURES,
        blank=True,
        help_text=_("Les chiffres du bilan s’affichent d’eux-mêmes."),
    )
    advice = RichTextField(_("nos conseils"), features=FEATURES, blank=True)
    to_know = RichTextField(
        _("à savoir"),
        features=FEATURES,
        blank=True,
        help_text=_("Ce qui a été difficile, et comment l’éviter."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("texte de remplacement"),
        max_length=250,
        blank=True,
        help_text=_("Dites ce que montre l’image à une personne qui ne la voit pas."),
    )
    credit = models.CharField(
        _("crédit"), max_length=150, blank=True, help_text=_("Qui a fait cette image ?")
    )
    body = ContentField(verbose_name=_("d’autres photos, des documents"), blank=True)
    format = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.EVENT_FORMAT},
        verbose_name=_("format"),
    )
    publics = terms(Term.Kind.PUBLIC, _("pour qui"))
    themes = terms(Term.Kind.THEME, _("thèmes"), _("À quels besoins cette action répond-elle ?"))
    about = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ce que raconte la fiche"),
        help_text=_("Un rendez-vous, une action ou un lieu : sa page mènera à cette fiche."),
    )
    report = models.UUIDField(_("bilan d’origine"), null=True, blank=True, editable=False)
    facts = models.JSONField(_("faits du bilan"), default=dict, blank=True, editable=False)

    base_form_class = PracticeSheetForm
    content_panels = [
        OriginPanel(heading=_("D’où vient cette fiche, et qui la reprend")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("context"),
        InlinePanel("steps", heading=_("Comment faire, dans l’ordre"), label=_("Étape")),
        FieldPanel("partners"),
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("cost_words")], heading=_("Combien ça coûte")
        ),
        FieldPanel("results"),
        FieldPanel("advice"),
        FieldPanel("to_know"),
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("credit")],
            heading=_("Image"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldPanel("publics", widget=CheckboxSelectMultiple),
                FieldPanel("themes"),
                PageChooserPanel("about", BEARERS),
            ],
            heading=_("Pour que les bonnes personnes la trouvent"),
        ),
        CONTACT_PANEL,
    ]
    parent_page_types = ["labelling.PracticeSheetsPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField(name)
        for name in (
            *("title", "summary", "context", "steps", "cost_words", "results", "advice"),
            *("to_know", "image_alt", "body", "search_description"),
        )
    ]
    menu_icon = "book"

    class Meta:
        verbose_name = _("fiche action")
        verbose_name_plural = _("fiches actions")

    @property
    def partner_list(self) -> list[str]:
        return [name.strip(" -•\t") for name in self.partners.splitlines() if name.strip()]

    def get_context(self, request, *args, **kwargs):
        # What the page says knows the models.
        from labelling.practice.sheet import practice_sheet

        return {**super().get_context(request, *args, **kwargs), **practice_sheet(self)}

    def structured_data(self, request):
        from labelling.practice.structured import how_to

        return how_to(self)


class PracticeStep(TranslatableMixin, Orderable):
    """What to do, who does it and when: as one would tell it to a colleague."""

    sheet = ParentalKey(PracticeSheetPage, on_delete=models.CASCADE, related_name="steps")
    what = models.TextField(_("quoi"), max_length=400)
    who = models.CharField(_("qui"), max_length=150, blank=True)
    when = models.CharField(
        _("quand"), max_length=150, blank=True, help_text=_("Comme « deux mois avant ».")
    )

    panels = [FieldPanel("what"), FieldRowPanel([FieldPanel("who"), FieldPanel("when")])]
    translatable_fields = [TranslatableField(name) for name in ("what", "who", "when")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("étape d’une fiche action")
        verbose_name_plural = _("étapes d’une fiche action")

    def __str__(self) -> str:
        return self.what


class PracticeReuse(models.Model):
    """A sheet that a territory took up as an event. Either end may go: the names stay."""

    sheet = models.ForeignKey(
        PracticeSheetPage,
        models.SET_NULL,
        null=True,
        related_name="reuses",
        verbose_name=_("fiche action"),
    )
    sheet_title = models.CharField(_("titre de la fiche"), max_length=255)
    origin = models.CharField(_("territoire de la fiche"), max_length=100)
    # Who takes it up.
    territory = models.ForeignKey(
        "territories.Territory", models.CASCADE, related_name="+", verbose_name=_("territoire")
    )
    page = models.OneToOneField(
        "agenda.EventPage",
        models.SET_NULL,
        null=True,
        related_name="practice_reuse",
        verbose_name=_("rendez-vous"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(_("reprise le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reprise d’une fiche action")
        verbose_name_plural = _("reprises d’une fiche action")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.sheet_title}"
