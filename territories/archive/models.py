from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryImport(models.Model):
    """An archive being read into a territory, so that an interrupted run goes on where it stopped.

    `archive`: the fingerprint of its manifest. `renewed`: translation keys that somebody else had
    here, and those that stand in their place. `made`: primary keys by the names of the archive.
    `done`: how many rows of each member are in.
    """

    territory = models.OneToOneField(
        "territories.Territory",
        models.CASCADE,
        related_name="imported_from",
        verbose_name=_("territoire"),
    )
    archive = models.CharField(max_length=64)
    renewed = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    done = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import d’un territoire")
        verbose_name_plural = _("imports de territoires")

    def __str__(self) -> str:
        return f"{self.territory_id}: {self.archive[:12]}"
