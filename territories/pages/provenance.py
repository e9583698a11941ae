from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.Model):
    """Where a record comes from, when it was not written here."""

    # Null, not "": two records written here must not share an id under a unique constraint.
    external_id = models.CharField(
        _("identifiant à la source"), max_length=200, null=True, blank=True, editable=False
    )
    source = models.CharField(_("source"), max_length=100, blank=True, editable=False)
    source_url = models.URLField(_("fiche d’origine"), max_length=2083, blank=True, editable=False)

    class Meta:
        abstract = True
