"""Routes: actors in the order in which one goes from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from resources_directory.routes.editing import HiddenStopsPanel
from territories.pages.base import TerritoryPage

if TYPE_CHECKING:
    from resources_directory.routes.course import Course


class RoutePage(TerritoryPage):
    """The stops, their order and how one goes are the record's; a translation has the words."""

    class Mode(models.TextChoices):
        WALK = "walk", _("À pied")
        BIKE = "bike", _("À vélo")
        BUS = "bus", _("En bus")

    introduction = models.TextField(
        _("introduction"),
        max_length=600,
        blank=True,
        help_text=_("Pour qui, et pourquoi faire ce parcours ? Deux ou trois phrases."),
    )
    mode = models.CharField(_("comment y aller"), max_length=10, choices=Mode, default=Mode.WALK)
    is_loop = models.BooleanField(
        _("on revient au départ"), default=False, help_text=_("La dernière étape ramène au début.")
    )
    length_km = models.DecimalField(
        _("longueur réelle, en kilomètres"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Si vous l’avez mesurée. Sinon, le site donne la distance à vol d’oiseau."),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("mode"), FieldPanel("length_km")]), FieldPanel("is_loop")],
            heading=_("Comment y aller"),
        ),
        HiddenStopsPanel(heading=_("À regarder")),
        InlinePanel("stops", heading=_("Étapes, dans l’ordre"), label=_("Étape"), min_num=2),
    ]
    parent_page_types = ["resources_directory.ActorMapPage"]
    subpage_types: list[str] = []
    translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("search_description"),
        TranslatableField("stops"),
    ]
    menu_icon = "bike"

    class Meta:
        verbose_name = _("parcours entre des lieux")
        verbose_name_plural = _("parcours entre des lieux")

    @property
    def icon(self) -> str:
        return {self.Mode.BIKE: "bike", self.Mode.BUS: "bus"}.get(self.mode, "person")

    @cached_property
    def course(self) -> Course:
        """Read once for the page, its map and its data."""
        from resources_directory.routes.course import Course

        return Course(self)

    def get_context(self, request, *args, **kwargs):
        from resources_directory.routes.sheet import route_sheet

        return {**super().get_context(request, *args, **kwargs), **route_sheet(self)}

    def structured_data(self, request):
        from resources_directory.routes.structured import route_data

        return route_data(self, request)


class RouteStop(TranslatableMixin, Orderable):
    """An actor and what one does there. It may have lost its actor: see `routes.course`."""

    route = ParentalKey(RoutePage, on_delete=models.CASCADE, related_name="stops")
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("acteur"),
    )
    words = models.CharField(
        _("qu’y faire ?"),
        max_length=250,
        blank=True,
        help_text=_("Une phrase. Exemple : « Demandez Samia, elle prête des vélos. »"),
    )

    panels = [PageChooserPanel("actor", "resources_directory.ActorPage"), FieldPanel("words")]
    translatable_fields = [SynchronizedField("actor"), TranslatableField("words")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")

    def __str__(self) -> str:
        return str(self.actor or _("lieu disparu"))
