"""The places of a service that is given in several, or where somebody comes on certain days."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from resources_directory.hours.fields import OpeningHoursField
from resources_directory.permanences import ONE_A_LINE, PermanencesField
from territories.places.models import Address

from .actors import ActorPage
from .records import ADDRESS_PANELS, coordinates_errors


class ServicePlaceQuerySet(models.QuerySet):
    def with_actor(self) -> ServicePlaceQuerySet:
        """Brings the host along, and says whether it may be shown (`actor_is_shown`)."""
        shown = ActorPage.objects.findable().filter(pk=OuterRef("actor"))
        return self.select_related("actor__locale", "actor__territory__site").annotate(
            actor_is_shown=Exists(shown)
        )


class ServicePlace(Orderable, Address):
    """One place of a service. All of it is facts: names and notes are kept once, in French."""

    service = ParentalKey(
        "resources_directory.ServicePage", on_delete=models.CASCADE, related_name="places"
    )
    # Wagtail gives a child a new primary key at some publications; a proposal knows it by this.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    # Without its host nobody would know where it is.
    actor = models.ForeignKey(
        "resources_directory.ActorPage",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="hosted_places",
        verbose_name=_("chez quel acteur"),
        help_text=_("Son nom et son adresse sont repris. Ailleurs ? Écrivez l’adresse."),
    )
    label = models.CharField(
        _("nom du lieu"),
        max_length=150,
        blank=True,
        help_text=_("Ce que les gens cherchent des yeux : « Maison du projet », « le bus bleu »."),
    )
    step_free = models.BooleanField(_("entrée sans marche"), null=True, blank=True)
    opening_hours = OpeningHoursField(_("horaires à cet endroit"), blank=True)
    is_itinerant = models.BooleanField(
        _("change de place"),
        default=False,
        help_text=_("Un bus, un camion, une équipe qui se déplace."),
    )
    days = PermanencesField(_("jours de permanence"), help_text=ONE_A_LINE)
    note = models.CharField(
        _("à savoir"),
        max_length=250,
        blank=True,
        help_text=_("Comment trouver l’endroit, à quelle porte frapper…"),
    )

    objects = ServicePlaceQuerySet.as_manager()

    panels = [
        FieldRowPanel([PageChooserPanel("actor", ActorPage), FieldPanel("label")]),
        # Most places are an actor's: what they do not need is folded.
        MultiFieldPanel(
            [
                *ADDRESS_PANELS,
                FieldRowPanel([FieldPanel("step_free"), FieldPanel("is_itinerant")]),
            ],
            heading=_("Adresse, quand ce n’est pas chez un acteur"),
            classname="collapsed",
        ),
        FieldPanel("days"),
        FieldPanel("opening_hours"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")

    def __str__(self) -> str:
        return self.label or self.address_line or str(self.actor or "")

    def clean(self) -> None:
        super().clean()
        errors = coordinates_errors(self)
        if self.actor_id and self.is_somewhere:
            errors["address"] = _(
                "L’adresse est celle de l’acteur : gardez l’acteur, ou l’adresse."
            )
        elif not self.actor_id and not self.is_somewhere and not (self.is_itinerant and self.label):
            errors["address"] = _("Où est-ce ? Choisissez un acteur, ou écrivez une adresse.")
        if errors:
            raise ValidationError(errors)

    @cached_property
    def shown_actor(self) -> ActorPage | None:
        """The host when visitors may see it: a draft or a private one must not show."""
        if not hasattr(self, "actor_is_shown"):
            return ActorPage.objects.findable().filter(pk=self.actor_id).first()
        return self.actor if self.actor_is_shown else None
