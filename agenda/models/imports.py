"""What is known of an event that came from elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedEvent(models.Model):
    """One event of one source, as its source last said it.

    `said` holds the values that `EventPage` had been given, under the names of its fields: what
    is different on the page since then was changed here, and stays. `event` is null once it was
    deleted here, so that it does not come back. Where the source is fetched from, how often, and
    from which of several sources each field comes will stand beside this.
    """

    territory = models.ForeignKey("territories.Territory", models.CASCADE, related_name="+")
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("identifiant à la source"), max_length=200)
    event = models.ForeignKey(
        "agenda.EventPage", models.SET_NULL, null=True, related_name="imported_from"
    )
    said = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("rendez-vous importé")
        verbose_name_plural = _("rendez-vous importés")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "source", "external_id"], name="one_event_per_id_at_its_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
