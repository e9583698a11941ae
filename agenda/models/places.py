"""Registering for an event on this site: whether one may, until when, for how many people."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.url_routing import RouteResult

# Under the page's own address: the form, and what is shown once it has left.
REGISTER, DONE = "inscription", "faite"


class PlacesFor(models.TextChoices):
    EACH = "each", _("chaque date")
    ALL = "all", _("toutes les dates à la fois")


class Bookable(models.Model):
    """What an event says of its own form. Facts of the record; words are said by the desk."""

    registration_is_open = models.BooleanField(
        _("on s’inscrit sur ce site"),
        default=False,
        help_text=_(
            "Un formulaire. Les noms arrivent dans « Inscriptions » ; un message par heure au plus "
            "part à l’adresse pour s’inscrire, ou à celle du territoire."
        ),
    )
    capacity = models.PositiveSmallIntegerField(
        _("nombre de places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("Nombre de places : 1 au moins, ou laissez vide."))],
        help_text=_("Laissez vide s’il n’y a pas de limite."),
    )
    capacity_is_for = models.CharField(
        _("on s’inscrit pour"), max_length=4, choices=PlacesFor, default=PlacesFor.EACH
    )
    closes_hours_before = models.PositiveSmallIntegerField(
        _("fin des inscriptions, en heures avant le début"),
        default=0,
        validators=[MaxValueValidator(720, _("Fin des inscriptions : 720 heures au plus."))],
        help_text=_("0 : jusqu’au début. 24 : jusqu’à la veille, à la même heure."),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.registration_is_open and self.registration_link:
            raise ValidationError(
                {"registration_link": _("On s’inscrit ici ou ailleurs : gardez l’un des deux.")}
            )

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        asked = list(path_components)
        if asked in ([REGISTER], [REGISTER, DONE]):
            # Asks the same of the page as its own address does.
            found = super().route(request, [])
            if not self.record.registration_is_open:
                raise Http404
            return RouteResult(found.page, kwargs={"step": asked[-1]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, step: str = "", **kwargs):
        if not step:
            return super().serve(request, *args, **kwargs)
        # The form knows the models.
        from agenda.registration import views

        return (views.done if step == DONE else views.answer)(request, self)


BOOKING_PANEL = MultiFieldPanel(
    [
        FieldPanel("registration_is_open"),
        FieldRowPanel([FieldPanel("capacity"), FieldPanel("capacity_is_for")]),
        FieldPanel("closes_hours_before"),
    ],
    heading=_("S’inscrire sur ce site"),
    classname="collapsed",
)
