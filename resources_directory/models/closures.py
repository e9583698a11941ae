"""When a place is closed for some days: its holidays, works, a move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from territories.words import period_words

# What lasts longer is no closure: the sheet should go.
LONGEST = timedelta(days=366)


class Closure(models.Model):
    """Both days included. The hours of the place stay as they are written."""

    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"), help_text=_("Ce jour-là est encore fermé."))
    note = models.CharField(
        _("pourquoi"),
        max_length=150,
        blank=True,
        help_text=_("Comme « Congés d’été » ou « Travaux : allez au 3 rue du Pont »."),
    )

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldPanel("note"),
    ]

    class Meta:
        abstract = True
        ordering = ["first_day", "last_day"]
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")

    def __str__(self) -> str:
        return period_words(self.first_day, self.last_day)

    def clean(self) -> None:
        super().clean()
        if not (self.first_day and self.last_day):
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("Le dernier jour est avant le premier.")})
        if self.last_day - self.first_day > LONGEST:
            raise ValidationError(
                {"last_day": _("Une fermeture dure un an au plus : vérifiez les années.")}
            )


class ActorClosure(Closure):
    """It closes the services of the actor too, those that have no hours of their own."""

    actor = ParentalKey(
        "resources_directory.ActorPage", on_delete=models.CASCADE, related_name="closures"
    )


class ServiceClosure(Closure):
    service = ParentalKey(
        "resources_directory.ServicePage", on_delete=models.CASCADE, related_name="closures"
    )


def closures_in_force(own: models.QuerySet, of_actor: models.QuerySet | None) -> list[Any]:
    """Closures with their `first_day`, `last_day` and `note`, in one query for both.

    In a preview those of the page itself are in its form, and in no table.
    """
    if of_actor is None:
        return list(own)
    if not isinstance(own, models.QuerySet):
        return [*own, *of_actor]
    fields = ("first_day", "last_day", "note")
    both = (found.order_by().values_list(*fields, named=True) for found in (own, of_actor))
    first, second = both
    return list(first.union(second))


def closures_panel(help_text: str) -> InlinePanel:
    return InlinePanel(
        "closures",
        heading=_("Fermé quelques jours"),
        label=_("Fermeture"),
        help_text=help_text,
    )
