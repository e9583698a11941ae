"""Who works together, how often, and whom to speak to in each neighbourhood."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page
from wagtail_localize.fields import TranslatableField

from cooperation.forms import CooperationForm
from resources_directory.models.contact import CONTACT_PANEL, Contact
from resources_directory.models.records import phone_number
from territories.blocks.field import ContentField
from territories.models import Neighbourhood
from territories.pages.base import TerritoryPage
from territories.pages.index import IndexPage

ACTOR = "resources_directory.ActorPage"


class WorkingGroupsPage(IndexPage):
    """`/groupes-de-travail/`: the groups, and the correspondents by neighbourhood."""

    base_form_class = CooperationForm
    content_panels = [
        *IndexPage.content_panels,
        InlinePanel(
            "correspondents",
            heading=_("Correspondants"),
            label=_("Correspondant"),
            help_text=_("À qui parler dans mon quartier, ou dans une institution."),
        ),
    ]
    parent_page_types = ["territories.TerritoryHomePage"]
    subpage_types = ["cooperation.WorkingGroupPage"]
    menu_icon = "group"
    menu_order = 60
    is_for_professionals = True

    class Meta:
        verbose_name = _("groupes de travail et correspondants")
        verbose_name_plural = _("groupes de travail et correspondants")

    def get_context(self, request, *args, **kwargs):
        # The list knows the models.
        from cooperation.groups import groups_of

        return {**super().get_context(request, *args, **kwargs), **groups_of(request)}


class Correspondent(Orderable):
    """Somebody who agreed to be named, for a neighbourhood or within an institution."""

    page = ParentalKey(WorkingGroupsPage, on_delete=models.CASCADE, related_name="correspondents")
    name = models.CharField(_("nom"), max_length=150)
    role = models.CharField(
        _("rôle"), max_length=150, blank=True, help_text=_("Comme « adulte-relais ».")
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quartier"),
    )
    actor = models.ForeignKey(
        ACTOR,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution ou acteur"),
    )
    phone = models.CharField(_("téléphone"), max_length=25, blank=True, validators=[phone_number])
    email = models.EmailField(_("adresse e-mail"), blank=True)
    agreed_on = models.DateField(
        _("d’accord depuis le"),
        help_text=_("Le jour où cette personne a accepté que son nom soit public."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("neighbourhood"), PageChooserPanel("actor", ACTOR)]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("agreed_on"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("correspondant")
        verbose_name_plural = _("correspondants")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors = {}
        if not self.neighbourhood_id and not self.actor_id:
            errors["neighbourhood"] = _("Choisissez un quartier ou une institution.")
        if not self.phone and not self.email:
            errors["phone"] = _("Donnez un téléphone ou une adresse e-mail.")
        if errors:
            raise ValidationError(errors)


class WorkingGroupPage(TerritoryPage, Contact):
    aim = models.TextField(
        _("but"),
        max_length=300,
        help_text=_("Pourquoi ce groupe se réunit, en une ou deux phrases."),
    )
    body = ContentField(verbose_name=_("en détail, comptes rendus"), blank=True)
    neighbourhoods = ParentalManyToManyField(
        Neighbourhood,
        blank=True,
        related_name="+",
        verbose_name=_("quartiers"),
        help_text=_("Aucun : sur tout le territoire."),
    )
    leader = models.ForeignKey(
        ACTOR,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("qui anime"),
    )
    rhythm = models.CharField(
        _("rythme"), max_length=150, blank=True, help_text=_("Comme « le premier mardi du mois ».")
    )
    next_meeting = models.DateTimeField(_("prochaine réunion"), null=True, blank=True)
    meeting_place = models.CharField(_("lieu de la réunion"), max_length=200, blank=True)

    base_form_class = CooperationForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("aim"),
        FieldPanel("neighbourhoods", widget=CheckboxSelectMultiple),
        MultiFieldPanel(
            [
                PageChooserPanel("leader", ACTOR),
                FieldPanel("rhythm"),
                FieldRowPanel([FieldPanel("next_meeting"), FieldPanel("meeting_place")]),
            ],
            heading=_("Les réunions"),
        ),
        InlinePanel("members", heading=_("Membres"), label=_("Membre")),
        FieldPanel("body"),
        CONTACT_PANEL,
    ]
    parent_page_types = ["cooperation.WorkingGroupsPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("aim"),
        TranslatableField("body"),
        TranslatableField("rhythm"),
        TranslatableField("search_description"),
    ]
    menu_icon = "group"

    class Meta:
        verbose_name = _("groupe de travail")
        verbose_name_plural = _("groupes de travail")

    def get_context(self, request, *args, **kwargs):
        from cooperation.groups import group_sheet

        return {**super().get_context(request, *args, **kwargs), **group_sheet(self)}


class GroupMember(Orderable):
    group = ParentalKey(WorkingGroupPage, on_delete=models.CASCADE, related_name="members")
    actor = models.ForeignKey(ACTOR, models.CASCADE, related_name="+", verbose_name=_("acteur"))

    panels = [PageChooserPanel("actor", ACTOR)]

    class Meta(Orderable.Meta):
        verbose_name = _("membre du groupe")
        verbose_name_plural = _("membres du groupe")

    def __str__(self) -> str:
        return str(self.actor)
