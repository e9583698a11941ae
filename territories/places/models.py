from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# INSEE codes are strings: they begin with 0 in nine departments and with 2A or 2B in Corsica.
insee_code = RegexValidator(
    r"^(\d{5}|2[AB]\d{3})$", _("Un code INSEE a 5 caractères, comme 31555.")
)
postcode = RegexValidator(r"^\d{5}$", _("Un code postal a 5 chiffres, comme 31100."))
qpv_code = RegexValidator(
    r"^(QP(\d{3}|02[AB])\d{3}|QN(\d{3}|02[AB])\d{0,2}[0-9A-Z]{1,3})$",
    _("Un code de quartier ressemble à QP031007 (2015) ou QN03107M (2024)."),
)


class Commune(models.Model):
    """A commune of the official geographic code (INSEE, COG)."""

    code = models.CharField(
        _("code INSEE"), max_length=5, primary_key=True, validators=[insee_code]
    )
    name = models.CharField(_("nom"), max_length=100)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # What the official list says; empty where it was not read. See `official`.
    region = models.CharField(_("code de la région"), max_length=2, blank=True)
    department = models.CharField(_("code du département"), max_length=3, blank=True)
    epci = models.CharField(_("SIREN de l’intercommunalité"), max_length=9, blank=True)
    # Its official name as it is compared: « L'Haÿ-les-Roses » is « hay les roses ».
    plain_name = models.CharField(max_length=100, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("commune")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodManager(models.Manager):
    def get_by_natural_key(self, commune: str, name: str) -> Neighbourhood:
        return self.get(commune=commune, name=name)


class Neighbourhood(models.Model):
    """A priority neighbourhood (QPV), in the 2015 (QP…) or the 2024 (QN…) generation of codes."""

    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="neighbourhoods", verbose_name=_("commune")
    )
    name = models.CharField(_("nom"), max_length=150)
    code = models.CharField(_("code QPV"), max_length=12, blank=True, validators=[qpv_code])
    # The code of 2015 of one that goes on under a code of 2024.
    former_code = models.CharField(_("ancien code QPV"), max_length=12, blank=True, editable=False)
    # Where it reaches beyond its commune.
    other_communes = models.ManyToManyField(
        Commune, related_name="+", blank=True, verbose_name=_("autres communes")
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # A MultiPolygon of GeoJSON, WGS84; None where nobody gave it.
    perimeter = models.JSONField(_("périmètre"), null=True, blank=True, editable=False)
    source = models.CharField(_("source du périmètre"), max_length=200, blank=True)
    licence = models.CharField(_("licence du périmètre"), max_length=100, blank=True)
    # Tells processes that hold the perimeters when to read them again.
    changed_at = models.DateTimeField(auto_now=True, null=True)

    objects = NeighbourhoodManager()

    class Meta:
        verbose_name = _("quartier prioritaire")
        verbose_name_plural = _("quartiers prioritaires")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "name"], name="one_neighbourhood_per_name")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return self.commune_id, self.name

    @property
    def facet_value(self) -> str:
        """What the address of a list says of it."""
        return self.code or str(self.pk)


class InNeighbourhood(models.TextChoices):
    """Whether a place is in a priority neighbourhood. Nobody is told no for want of knowing."""

    YES = "yes", _("dans un quartier prioritaire")
    NO = "no", _("hors des quartiers prioritaires")
    UNKNOWN = "unknown", _("on ne sait pas")


class Address(models.Model):
    """Where something is; the fields of a data·inclusion address, WGS84 coordinates.

    What nobody types is found at each save: see `locating`.
    """

    address = models.CharField(_("adresse"), max_length=200, blank=True)
    address_extra = models.CharField(
        _("complément d’adresse"),
        max_length=200,
        blank=True,
        help_text=_("Bâtiment, étage, entrée…"),
    )
    postcode = models.CharField(_("code postal"), max_length=5, blank=True, validators=[postcode])
    commune = models.CharField(_("commune"), max_length=100, blank=True)
    insee_code = models.CharField(
        _("code INSEE"), max_length=5, blank=True, validators=[insee_code]
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    # Where the coordinates stand. Neighbourhoods are everybody's: nothing leads back from one.
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("quartier prioritaire"),
    )
    qpv = models.CharField(
        _("dans un quartier prioritaire"),
        max_length=7,
        choices=InNeighbourhood,
        default=InNeighbourhood.UNKNOWN,
        editable=False,
    )
    # The address that the geocoder found the coordinates of; empty where somebody gave them.
    geocoded_from = models.CharField(max_length=300, blank=True, default="", editable=False)
    # The middle of a street stands for the door: near enough for a map, not for a perimeter.
    is_approximate = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        from .geocoding.filling import look_for_point
        from .locating import settle, written_with

        settle(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = written_with(kwargs["update_fields"])
        super().save(*args, **kwargs)
        look_for_point(self)

    def clean(self) -> None:
        from .official import complete_commune

        super().clean()
        # Here too, so that a draft says it, and whoever reads it again sees it.
        complete_commune(self)

    @property
    def address_line(self) -> str:
        """One line for people: "12 rue du Lot, 31100 Toulouse"."""
        town = " ".join(part for part in (self.postcode, self.commune) if part)
        return ", ".join(part for part in (self.address, self.address_extra, town) if part)

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def is_somewhere(self) -> bool:
        """Whether anything is said of where it is."""
        return bool(self.address or self.commune or self.has_coordinates)
