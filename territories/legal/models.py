"""Who publishes a site, who hosts it, and who answers for data and for accessibility."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIRET = re.compile(r"\d{14}")


def check_siret(value: str) -> None:
    if not SIRET.fullmatch(re.sub(r"\s", "", value)):
        raise ValidationError(_("Le SIRET compte 14 chiffres, comme 213 105 554 00013."))


class LegalFacts(models.Model):
    """Of one territory; without territory, of the national portal."""

    territory = models.OneToOneField(
        "territories.Territory",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="legal_facts",
        verbose_name=_("territoire"),
    )
    publisher_name = models.CharField(
        _("qui publie le site"),
        max_length=200,
        blank=True,
        help_text=_("La collectivité, l’association ou le groupement, par son nom entier."),
    )
    publisher_form = models.CharField(
        _("forme juridique"),
        max_length=100,
        blank=True,
        help_text=_("Comme « commune », « association loi 1901 » ou « groupement »."),
    )
    publisher_address = models.CharField(_("adresse du siège"), max_length=250, blank=True)
    publisher_phone = models.CharField(
        _("téléphone de qui publie"),
        max_length=30,
        blank=True,
        help_text=_("Vide : le téléphone où l’on répond aux habitants."),
    )
    publisher_siret = models.CharField(
        _("SIRET"), max_length=20, blank=True, validators=[check_siret]
    )
    director = models.CharField(
        _("directeur ou directrice de la publication"),
        max_length=200,
        blank=True,
        help_text=_("La personne qui représente l’organisme : prénom, nom et fonction."),
    )
    host_name = models.CharField(_("hébergeur"), max_length=200, blank=True)
    host_address = models.CharField(_("adresse de l’hébergeur"), max_length=250, blank=True)
    host_phone = models.CharField(_("téléphone de l’hébergeur"), max_length=30, blank=True)
    data_contact = models.CharField(
        _("à qui demander ses données"),
        max_length=200,
        blank=True,
        help_text=_("Le délégué à la protection des données, ou la personne qui répond."),
    )
    data_email = models.EmailField(
        _("adresse e-mail pour les données personnelles"),
        blank=True,
        help_text=_("Vide : l’adresse du contact."),
    )
    accessibility_contact = models.CharField(
        _("à qui dire ce qui bloque"),
        max_length=200,
        blank=True,
        help_text=_("Vide : qui répond aux habitants."),
    )
    accessibility_email = models.EmailField(
        _("adresse e-mail pour l’accessibilité"),
        blank=True,
        help_text=_("Vide : l’adresse du contact."),
    )
    audit_date = models.DateField(
        _("date de l’audit d’accessibilité"),
        null=True,
        blank=True,
        help_text=_("Un audit fait par une personne, selon le RGAA. Vide : il n’y en a pas eu."),
    )
    audit_by = models.CharField(_("qui a fait l’audit"), max_length=200, blank=True)
    audit_rate = models.DecimalField(
        _("critères respectés (en %)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    audit_failures = models.TextField(
        _("ce qui n’est pas accessible"),
        blank=True,
        help_text=_("Une ligne par défaut que l’audit a relevé."),
    )

    class Meta:
        verbose_name = _("informations légales")
        verbose_name_plural = _("informations légales")

    def __str__(self) -> str:
        return str(self.territory) if self.territory_id else str(_("Portail national"))

    def clean(self) -> None:
        told = [self.audit_date, self.audit_by, self.audit_rate is not None]
        errors = {}
        if any(told) and not all(told):
            words = _("Un audit se déclare avec sa date, qui l’a fait et son résultat.")
            for name in ("audit_date", "audit_by", "audit_rate"):
                if getattr(self, name) in (None, ""):
                    errors[name] = words
        if self.audit_date and self.audit_date > timezone.localdate():
            errors["audit_date"] = _("Cette date est à venir : l’audit n’est pas encore fait.")
        if self.audit_rate is not None and self.audit_rate < 0:
            errors["audit_rate"] = _("Écrivez un nombre entre 0 et 100.")
        if errors:
            raise ValidationError(errors)
