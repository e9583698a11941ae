from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacetValue(models.Model):
    """One answer to a facet, as the address says it: "theme", "mobilite--permis"; or a day on which
    something takes place (`faceting.DAY`)."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réponse à un filtre")
        verbose_name_plural = _("réponses aux filtres")
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="one_search_facet_value")
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {self.value}"


class DocumentFacet(models.Model):
    """A search document answers a facet so. Written with the row, read in counts and filters."""

    document = models.ForeignKey("SearchDocument", models.CASCADE, "+", db_index=False)
    value = models.ForeignKey(FacetValue, models.CASCADE, "+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réponse d’une fiche")
        verbose_name_plural = _("réponses des fiches")
        constraints = [
            # In this order: the answers of what a question has found are read and counted.
            models.UniqueConstraint(fields=["document", "value"], name="one_facet_value_each")
        ]
        indexes = [models.Index(fields=["value", "document"], name="search_facet_documents")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.value_id}"
