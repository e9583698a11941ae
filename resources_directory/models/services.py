"""Services: what an actor offers. The fields of a data·inclusion v1 « service »."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager
from wagtail_localize.fields import TranslatableField

from resources_directory.codes import (
    Fees,
    MobilisationMode,
    Mobiliser,
    ReceptionMode,
    ServiceType,
)
from resources_directory.editing import SERVICE_PANELS, ServiceForm
from resources_directory.fields import CodesField, ZoneField
from resources_directory.whereabouts import Place, places_of
from territories.pages.index import IndexPage
from territories.places.models import Address
from territories.territory import zone_of
from territories.vocabulary.families import families
from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term

from .actors import ActorPage
from .closures import closures_in_force
from .places import ServicePlace
from .records import DirectoryRecord, RecordQuerySet


class GuidePage(IndexPage):
    """`/guide/`: the services by need, in residents' words."""

    subpage_types = ["resources_directory.ServicePage"]
    menu_icon = "book"
    menu_order = 20

    class Meta:
        verbose_name = _("guide des services")
        verbose_name_plural = _("guides des services")

    def get_context(self, request, *args, **kwargs):
        from resources_directory.lists.guide import Guide

        guide = Guide(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "guide": guide,
            "listing": guide.listing,
        }


class ServiceQuerySet(RecordQuerySet):
    def with_actor(self) -> ServiceQuerySet:
        """Brings the actor and the places along, and says which actors may be shown."""
        shown = ActorPage.objects.findable().filter(pk=OuterRef("actor"))
        return (
            self.select_related("actor__locale", "actor__territory__site")
            .annotate(actor_is_shown=Exists(shown))
            .prefetch_related(Prefetch("places", ServicePlace.objects.with_actor()))
        )

    def with_need(self) -> ServiceQuerySet:
        """Reads the `need` of each service in the same query."""
        first = (
            self.model.themes.through.objects.filter(servicepage=OuterRef("pk"))
            .exclude(term__parent=None)
            .order_by("term__parent__position")
        )
        return self.annotate(
            need_code=Subquery(first.values("term__parent__code")[:1]),
            need_position=Subquery(first.values("term__parent__position")[:1]),
        )


class ServicePage(DirectoryRecord):
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.PROTECT,
        related_name="services",
        verbose_name=_("acteur"),
        help_text=_("Qui propose ce service ?"),
    )
    description = models.TextField(
        _("description"),
        max_length=10000,
        validators=[MinLengthValidator(5)],
        help_text=_("Des phrases courtes. La première sert aussi dans les listes."),
    )
    type = models.CharField(_("type"), max_length=20, blank=True, choices=ServiceType)
    themes = terms(Term.Kind.THEME, _("thèmes"), _("À quels besoins ce service répond-il ?"))
    publics = terms(
        Term.Kind.PUBLIC,
        _("publics"),
        _("Il suffit d’être dans l’un d’eux. « Tout le monde » va seul."),
    )
    publics_details = models.TextField(
        _("précisions sur les publics"), blank=True, help_text=_("Âge, situation, commune…")
    )
    fees = models.CharField(_("prix"), max_length=25, blank=True, choices=Fees)
    fees_details = models.TextField(_("précisions sur le prix"), blank=True)
    access_conditions = models.TextField(_("conditions d’accès"), blank=True)
    to_bring = models.TextField(
        _("à apporter"), blank=True, help_text=_("Une chose par ligne : papiers, tenue…")
    )
    reception_modes = CodesField(_("accueil"), codes=ReceptionMode)
    mobilisation_modes = CodesField(_("comment demander"), codes=MobilisationMode)
    mobilisable_by = CodesField(_("qui peut demander"), codes=Mobiliser)
    mobilisation_details = models.TextField(_("précisions sur la demande"), blank=True)
    mobilisation_link = models.URLField(_("lien pour demander"), max_length=2083, blank=True)
    eligibility_zone = ZoneField(
        _("zone d’éligibilité"),
        help_text=_(
            "Où faut-il habiter ? Codes INSEE de communes, de départements, "
            "d’intercommunalités, ou « france »."
        ),
    )
    contact_name = models.CharField(_("personne à contacter"), max_length=150, blank=True)
    weekly_hours = models.DecimalField(
        _("heures par semaine"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    weeks = models.PositiveSmallIntegerField(
        _("nombre de semaines"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    objects = PageManager.from_queryset(ServiceQuerySet)()
    base_form_class = ServiceForm
    content_panels = [*Page.content_panels, *SERVICE_PANELS]
    parent_page_types = ["resources_directory.GuidePage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("description"),
        TranslatableField("publics_details"),
        TranslatableField("fees_details"),
        TranslatableField("access_conditions"),
        TranslatableField("to_bring"),
        TranslatableField("mobilisation_details"),
        TranslatableField("search_description"),
    ]
    menu_icon = "book"

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def clean(self) -> None:
        super().clean()
        if self.actor_id and self.actor.territory_id != self.territory_id:
            raise ValidationError({"actor": _("Choisissez un acteur de ce territoire.")})

    @cached_property
    def shown_actor(self) -> ActorPage | None:
        """The actor when visitors may see it: a draft or a private one must not show."""
        if not hasattr(self, "actor_is_shown"):
            return ActorPage.objects.findable().filter(pk=self.actor_id).first()
        return self.actor if self.actor_is_shown else None

    @cached_property
    def all_places(self) -> list[Place]:
        """Everywhere it is given: what the sheet, lists, distances and the map read."""
        return places_of(self)

    @property
    def place(self) -> Address:
        """Where it is first of all."""
        return self.all_places[0].at if self.all_places else self

    @cached_property
    def closures_in_force(self) -> list[Any]:
        """Its own, and those of its actor when it has no hours of its own."""
        actor = None if self.opening_hours else self.shown_actor
        return closures_in_force(self.closures.all(), actor.closures.all() if actor else None)

    @cached_property
    def need(self) -> Term | None:
        """The first family of its themes: its pictogram, and where it stands in the guide."""
        if hasattr(self, "need_code"):
            return families().get(self.need_code or "")
        found = [theme.parent for theme in self.themes.select_related("parent") if theme.parent]
        return min(found, key=lambda term: term.position, default=None)

    @property
    def is_free(self) -> bool | None:
        """For everybody who may ask for it; None where one must be told."""
        return {Fees.FREE: True, Fees.PAID: False}.get(self.fees)

    @property
    def may_be_free(self) -> bool | None:
        """What « gratuit » finds: the condition is said beside it."""
        return True if self.fees == Fees.CONDITIONAL else self.is_free

    @property
    def languages(self) -> list[str]:
        """Codes of the languages spoken; the actor's where the service names none."""
        return self.languages_spoken or (
            self.shown_actor.languages_spoken if self.shown_actor else []
        )

    @property
    def care(self) -> list[str]:
        """Codes of `SpecificCare`; the actor's where the service names none."""
        return self.specific_care or (self.shown_actor.specific_care if self.shown_actor else [])

    def get_context(self, request, *args, **kwargs):
        from resources_directory.sheets import service_sheet

        now = timezone.localtime(timezone=zone_of(request.territory))
        return {**super().get_context(request, *args, **kwargs), **service_sheet(self, now)}

    def structured_data(self, request):
        from resources_directory.structured import service_data

        return service_data(self, request)
