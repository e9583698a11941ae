"""Actors: who does something here. The fields of a data·inclusion v1 « structure »."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager
from wagtail_localize.fields import TranslatableField

from resources_directory.editing import ACTOR_PANELS, ActorForm
from territories.pages.index import IndexPage
from territories.pages.routing import child_ahead
from territories.territory import zone_of
from territories.vocabulary.families import families
from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term

from .closures import closures_in_force
from .records import DirectoryRecord, RecordQuerySet

siret_number = RegexValidator(
    r"^\d{14}$", _("Un SIRET a 14 chiffres, sans espace, comme 13003013300016.")
)


def services_of_outer() -> models.QuerySet:
    """The services that the actor of the outer query shows."""
    ServicePage = apps.get_model("resources_directory", "ServicePage")
    return ServicePage.objects.live().public().records().filter(actor=models.OuterRef("pk"))


class ActorQuerySet(RecordQuerySet):
    def with_services(self) -> ActorQuerySet:
        """Counts the services shown (`service_count`), and reads the `need` in the same query."""
        services = services_of_outer().order_by()
        count = services.values("actor").annotate(n=models.Count("pk")).values("n")
        first = services.order_by("themes__parent__position").filter(themes__parent__isnull=False)
        return self.annotate(
            service_count=Coalesce(models.Subquery(count), 0),
            need_code=Coalesce(
                "category__code", models.Subquery(first.values("themes__parent__code")[:1])
            ),
        )


class ActorMapPage(IndexPage):
    """`/carte/`: the actors on a map, and the same actors as a list."""

    subpage_types = ["resources_directory.ActorPage", "resources_directory.RoutePage"]
    menu_icon = "map"
    menu_order = 30

    class Meta:
        verbose_name = _("carte des acteurs")
        verbose_name_plural = _("cartes des acteurs")

    def route(self, request, path_components):
        child = child_ahead(request, self, path_components[0]) if path_components else None
        if child is not None and child.specific_class is ActorPage:
            # With its record and what its head shows, in the query that would read it alone.
            found = ActorPage.objects.with_record(child)
            found = found.select_related("category", "image", "territory__site")
            read = {actor.pk: actor for actor in found}
            if child.pk in read:
                actor = child.specific = read[child.pk]
                actor.record = next((one for one in read.values() if one.is_record), actor)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        from resources_directory.lists.actors import ActorList

        actors = ActorList(request)
        return {
            **super().get_context(request, *args, **kwargs),
            "actors": actors,
            "listing": actors.listing,
        }


class ActorPage(DirectoryRecord):
    description = models.TextField(
        _("présentation"),
        max_length=10000,
        blank=True,
        help_text=_("Qui est-ce, et pour quoi y va-t-on ? Quelques phrases simples."),
    )
    category = models.ForeignKey(
        Term,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.THEME_CATEGORY},
        verbose_name=_("besoin principal"),
        help_text=_("Donne le pictogramme et la couleur sur la carte."),
    )
    networks = terms(Term.Kind.NETWORK, _("réseaux porteurs"))
    siret = models.CharField(_("SIRET"), max_length=14, blank=True, validators=[siret_number])
    website = models.URLField(_("site web"), max_length=2083, blank=True)
    accessibility_url = models.URLField(
        _("fiche Acceslibre"),
        max_length=2083,
        blank=True,
        help_text=_("L’adresse de la fiche sur acceslibre.beta.gouv.fr."),
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )

    objects = PageManager.from_queryset(ActorQuerySet)()

    base_form_class = ActorForm
    content_panels = [*Page.content_panels, *ACTOR_PANELS]
    parent_page_types = ["resources_directory.ActorMapPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("description"),
        TranslatableField("search_description"),
    ]
    menu_icon = "town"

    class Meta:
        verbose_name = _("acteur")
        verbose_name_plural = _("acteurs")

    @cached_property
    def closures_in_force(self) -> list[Any]:
        return closures_in_force(self.closures.all(), None)

    @cached_property
    def need(self) -> Term | None:
        """What the map draws: the actor's own category, else the first need it answers."""
        if not hasattr(self, "need_code"):
            return self.category
        return families().get(self.need_code or "")

    def get_context(self, request, *args, **kwargs):
        from resources_directory.sheets import actor_sheet

        now = timezone.localtime(timezone=zone_of(request.territory))
        return {**super().get_context(request, *args, **kwargs), **actor_sheet(self, now)}

    def structured_data(self, request):
        from resources_directory.structured import actor_data

        return actor_data(self, request)
