"""What actors and services share: who confirmed the facts and when."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PageManager

from resources_directory.codes import Language, SpecificCare
from resources_directory.fields import CodesField
from resources_directory.hours.fields import OpeningHoursField
from territories.pages.base import TerritoryPage, TerritoryPageQuerySet
from territories.pages.provenance import Provenance
from territories.places.models import Address

__all__ = ["ADDRESS_PANELS", "DirectoryRecord", "RecordQuerySet"]

# After a year without a word from the actor, what is written may no longer hold.
STALE_AFTER = timedelta(days=365)
NAME_LENGTH = (3, 150)  # data·inclusion v1

phone_number = RegexValidator(
    r"^\+?[\d .()\-]{3,25}$", _("Un numéro de téléphone, comme 05 61 00 00 00.")
)


# A first sentence that can stand alone in a list.
FIRST_SENTENCE = re.compile(r"(.{15,240}?[.!?…])(?:\s+|$)(.*)", re.DOTALL)


class RecordQuerySet(TerritoryPageQuerySet):
    def stale(self, today: date | None = None) -> RecordQuerySet:
        """Not confirmed for a year."""
        return self.filter(confirmed_on__lt=(today or timezone.localdate()) - STALE_AFTER)


def coordinates_errors(place: Address) -> dict[str, str]:
    """What to say of a point that is only half there, by field."""
    if (place.latitude is None) == (place.longitude is None):
        return {}
    lacking = "latitude" if place.latitude is None else "longitude"
    return {
        lacking: _(
            "Donnez la latitude et la longitude, ou ni l’une ni l’autre : "
            "un point sur la carte demande les deux."
        )
    }


RecordManager = PageManager.from_queryset(RecordQuerySet)


class DirectoryRecord(TerritoryPage, Address, Provenance):
    """An actor or a service: one sheet of the directory."""

    phone = models.CharField(_("téléphone"), max_length=25, blank=True, validators=[phone_number])
    email = models.EmailField(_("adresse e-mail"), blank=True)
    opening_hours = OpeningHoursField(_("horaires"), blank=True)
    step_free = models.BooleanField(_("accès sans marche"), null=True, blank=True)
    languages_spoken = CodesField(_("langues parlées à l’accueil"), codes=Language)
    specific_care = CodesField(
        _("accueil adapté"),
        codes=SpecificCare,
        help_text=_("Ce pour quoi quelqu’un, sur place, est formé ou équipé."),
    )
    confirmed_on = models.DateField(
        _("confirmé le"),
        default=timezone.localdate,
        help_text=_("Le dernier jour où quelqu’un a vérifié ces informations."),
    )

    objects = RecordManager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = {}
        least, most = NAME_LENGTH
        if self.title and not least <= len(self.title) <= most:
            errors["title"] = _("Le nom compte entre 3 et 150 caractères.")
        errors |= coordinates_errors(self)
        if errors:
            raise ValidationError(errors)

    @property
    def language_names(self) -> list[str]:
        return Language.words(self.languages_spoken)

    @property
    def care_names(self) -> list[str]:
        return SpecificCare.words(self.specific_care)

    @property
    def is_stale(self) -> bool:
        return self.confirmed_on < timezone.localdate() - STALE_AFTER

    @property
    def in_short(self) -> str:
        """The first sentence of the description, for lists and the top of the sheet."""
        return self._cut_description[0]

    @property
    def in_full(self) -> str:
        """The description after its first sentence."""
        return self._cut_description[1]

    @property
    def _cut_description(self) -> tuple[str, str]:
        text = self.description.strip()
        found = FIRST_SENTENCE.fullmatch(text)
        if found:
            return found[1], found[2]
        return (text, "") if len(text) <= 240 else (Truncator(text).chars(200), text)


ADDRESS_PANELS = [
    FieldPanel("address"),
    FieldPanel("address_extra"),
    FieldRowPanel([FieldPanel("postcode"), FieldPanel("commune"), FieldPanel("insee_code")]),
    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
]
