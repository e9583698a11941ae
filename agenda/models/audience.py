"""For whom an event is, and what it is about: governed words, and the neighbourhoods aimed at."""

from __future__ import annotations

from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from territories.vocabulary.fields import terms
from territories.vocabulary.models import Term


class Audience(models.Model):
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
    themes = terms(Term.Kind.THEME, _("thèmes"), _("À quels besoins ce rendez-vous répond-il ?"))
    sectors = terms(
        Term.Kind.SECTOR, _("secteurs d’activité"), _("Les métiers dont on parle, s’il y en a.")
    )
    # Neighbourhoods are everybody's: nothing leads from one back to the events of all territories.
    aimed_at = ParentalManyToManyField(
        "territories.Neighbourhood",
        blank=True,
        related_name="+",
        verbose_name=_("pour les habitants de"),
        help_text=_(
            "Les quartiers à qui ce rendez-vous s’adresse, même s’il a lieu ailleurs. "
            "Aucun : tout le territoire."
        ),
    )

    class Meta:
        abstract = True


AUDIENCE_PANEL = MultiFieldPanel(
    [
        FieldPanel("format"),
        FieldPanel("publics", widget=CheckboxSelectMultiple),
        FieldPanel("aimed_at", widget=CheckboxSelectMultiple),
        FieldPanel("themes"),
        FieldPanel("sectors", widget=CheckboxSelectMultiple),
    ],
    heading=_("Pour que les bonnes personnes le trouvent"),
    classname="collapsed",
)
