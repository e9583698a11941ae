"""Actions: what the Cité does, for whom and where, with whom."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page, PageManager
from wagtail_localize.fields import TranslatableField

from cooperation.forms import CooperationForm
from resources_directory.models.contact import CONTACT_PANEL, Contact
from territories.blocks.field import ContentField
from territories.models import Neighbourhood, Term, Territory
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.index import IndexPage
from territories.pages.routing import child_ahead
from territories.territory import zone_of
from territories.vocabulary.fields import terms

SUMMARY_LENGTH = 200


class ActionsPage(IndexPage):
    """`/actions/`: what the Cité does, by neighbourhood and by axis of its plan."""

    subpage_types = ["cooperation.ActionPage"]
    menu_icon = "target"
    menu_order = 50

    class Meta:
        verbose_name = _("liste des actions")
        verbose_name_plural = _("listes des actions")

    def route(self, request, path_components):
        child = child_ahead(request, self, path_components[0]) if path_components else None
        if child is not None:
            # With its axis and its record, in the query that would read the page alone.
            found = ActionPage.objects.with_record(child).select_related("axis", "territory__site")
            read = {action.pk: action for action in found}
            if child.pk in read:
                action = child.specific = read[child.pk]
                action.record = next((one for one in read.values() if one.is_record), action)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from cooperation.actions import ActionList

        context = super().get_context(request, *args, **kwargs)
        context["actions"] = ActionList(request)
        return context


def today_of(territory: Territory | None) -> date:
    return timezone.localdate(timezone=zone_of(territory))


class ActionQuerySet(TerritoryPageQuerySet):
    def current(self, today: date) -> ActionQuerySet:
        """Under way or to come: without an end, or whose end is not past."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def finished(self, today: date) -> ActionQuerySet:
        return self.filter(ends_on__lt=today)

    def of_actor(self, actor) -> ActionQuerySet:
        """Those that an actor carries or takes part in."""
        return self.filter(Exists(ActionActor.objects.filter(action=OuterRef("pk"), actor=actor)))


class ActionPage(TerritoryPage, Contact):
    summary = models.TextField(
        _("résumé"),
        validators=[
            MaxLengthValidator(
                SUMMARY_LENGTH, _("Résumé : 200 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Une ou deux phrases simples : ce qui se fait, et pour qui."),
    )
    body = ContentField(verbose_name=_("en détail"), blank=True)
    axis = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.AXIS},
        verbose_name=_("axe du plan d’action"),
    )
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        blank=True,
        related_name="+",
        verbose_name=_("quartiers"),
        help_text=_("Où se passe l’action ? Aucun : sur tout le territoire."),
    )
    publics = terms(Term.Kind.PUBLIC, _("pour qui"))
    sectors = terms(Term.Kind.SECTOR, _("secteurs d’activité"))
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(
        _("au"), null=True, blank=True, help_text=_("Vide : l’action continue.")
    )
    results = models.TextField(
        _("ce que l’action a donné"),
        max_length=300,
        blank=True,
        help_text=_("Une phrase avec un chiffre vérifié, comme « 97 personnes reçues en un an »."),
    )

    objects = PageManager.from_queryset(ActionQuerySet)()
    base_form_class = CooperationForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("axis"),
                FieldPanel("neighbourhoods", widget=CheckboxSelectMultiple),
                FieldPanel("publics", widget=CheckboxSelectMultiple),
                FieldPanel("sectors", widget=CheckboxSelectMultiple),
            ],
            heading=_("Pour que les bonnes personnes la trouvent"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])],
            heading=_("Quand"),
        ),
        InlinePanel("actors", heading=_("Avec qui"), label=_("Acteur")),
        FieldPanel("body"),
        FieldPanel("results"),
        CONTACT_PANEL,
    ]
    parent_page_types = ["cooperation.ActionsPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("summary"),
        TranslatableField("body"),
        TranslatableField("results"),
        TranslatableField("search_description"),
    ]
    menu_icon = "target"

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("La fin vient avant le début.")})

    def is_finished(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    def get_context(self, request, *args, **kwargs):
        # What the page says knows the models.
        from cooperation.actions import action_sheet

        return {**super().get_context(request, *args, **kwargs), **action_sheet(self)}


class ActionActor(Orderable):
    """Who carries an action, or takes part in it."""

    class Part(models.TextChoices):
        CARRIER = "carrier", _("porte l’action")
        PARTNER = "partner", _("y participe")

    action = ParentalKey(ActionPage, on_delete=models.CASCADE, related_name="actors")
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.CASCADE,
        related_name="+",
        verbose_name=_("acteur"),
    )
    part = models.CharField(_("rôle"), max_length=10, choices=Part, default=Part.PARTNER)

    panels = [PageChooserPanel("actor", "resources_directory.ActorPage"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        verbose_name = _("acteur de l’action")
        verbose_name_plural = _("acteurs de l’action")

    def __str__(self) -> str:
        return str(self.actor)
