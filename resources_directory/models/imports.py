"""What is known of a sheet that came from elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedResource(models.Model):
    """One structure or service of one source, as its source last said it.

    `said` holds the values that the sheet had been given, under the names of its fields: what is
    different on the sheet since then was changed here, and stays. `page` is null once it was
    deleted here, so that it does not come back. From which of several sources each field comes
    will stand beside this.
    """

    class Kind(models.TextChoices):
        STRUCTURE = "structure", _("structure")
        SERVICE = "service", _("service")

    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    kind = models.CharField(_("sorte"), max_length=10, choices=Kind)
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("identifiant à la source"), max_length=200)
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, related_name="imported_sheet"
    )
    said = models.JSONField(default=dict)
    # Since when its source has it no more. Somebody closes the sheet, or keeps it.
    gone_on = models.DateField(_("disparu le"), null=True, blank=True)
    is_kept = models.BooleanField(_("gardé"), default=False)

    class Meta:
        verbose_name = _("fiche importée")
        verbose_name_plural = _("fiches importées")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "kind", "source", "external_id"],
                name="one_sheet_per_id_at_its_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
