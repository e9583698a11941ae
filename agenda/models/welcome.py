"""What it takes to come, and what helps on the spot."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import TranslatableField

from resources_directory.codes import Codes
from resources_directory.fields import CodesField
from resources_directory.models.records import phone_number

CONDITIONS_LENGTH = 255  # OpenAgenda's


class Accessibility(Codes):
    """Whom the place and what happens there suit: OpenAgenda's five codes."""

    HEARING = "hi", _("personnes sourdes ou malentendantes")
    SIGHT = "vi", _("personnes aveugles ou malvoyantes")
    MOVING = "mi", _("personnes à mobilité réduite")
    PSYCHIC = "pi", _("personnes avec un handicap psychique")
    INTELLECTUAL = "ii", _("personnes avec un handicap intellectuel")


class Welcome(models.Model):
    is_free = models.BooleanField(_("gratuit"), default=True)
    cost = models.CharField(
        _("prix"), max_length=200, blank=True, help_text=_("Comme « 2 €, repas compris ».")
    )
    conditions = models.TextField(
        _("conditions pour venir"),
        blank=True,
        validators=[
            MaxLengthValidator(
                CONDITIONS_LENGTH, _("Conditions : 255 caractères au plus, s’il vous plaît.")
            )
        ],
        help_text=_("Comme « à partir de 16 ans » ou « être inscrit à la Mission locale »."),
    )
    to_bring = models.TextField(
        _("à apporter"), blank=True, help_text=_("Une chose par ligne : papiers, tenue…")
    )
    accessibility = CodesField(
        _("adapté aux"),
        codes=Accessibility,
        help_text=_("L’entrée sans marche se dit sur la fiche de l’acteur qui reçoit."),
    )
    access_details = models.CharField(
        _("précisions sur l’accès"),
        max_length=200,
        blank=True,
        help_text=_("Comme « interprète en langue des signes à 14 h »."),
    )
    childcare = models.CharField(
        _("garde d’enfants"),
        max_length=200,
        blank=True,
        help_text=_("Comme « gardés sur place, de 1 à 10 ans »."),
    )
    mobility_help = models.CharField(
        _("aide pour venir"),
        max_length=200,
        blank=True,
        help_text=_("Comme « minibus à 9 h devant la Maison de quartier »."),
    )
    registration = models.CharField(
        _("inscription"),
        max_length=250,
        blank=True,
        help_text=_("Comme « Entrée libre, sans inscription »."),
    )
    registration_link = models.URLField(_("lien pour s’inscrire"), max_length=2083, blank=True)
    registration_phone = models.CharField(
        _("téléphone pour s’inscrire"), max_length=25, blank=True, validators=[phone_number]
    )
    registration_email = models.EmailField(_("adresse e-mail pour s’inscrire"), blank=True)

    class Meta:
        abstract = True


REGISTRATION_PANEL = MultiFieldPanel(
    [
        FieldPanel("registration"),
        FieldRowPanel([FieldPanel("registration_phone"), FieldPanel("registration_email")]),
        FieldPanel("registration_link"),
    ],
    heading=_("Comment s’inscrire"),
    classname="collapsed",
)
WELCOME_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("is_free"), FieldPanel("cost")]),
            FieldPanel("conditions"),
            FieldPanel("to_bring"),
        ],
        heading=_("Prix, conditions, à apporter"),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [
            FieldPanel("accessibility"),
            FieldPanel("access_details"),
            FieldPanel("childcare"),
            FieldPanel("mobility_help"),
        ],
        heading=_("Accueil sur place"),
        classname="collapsed",
    ),
]
WELCOME_WORDS = [
    TranslatableField(name)
    for name in (
        *("cost", "conditions", "to_bring", "access_details", "childcare", "mobility_help"),
        "registration",
    )
]
