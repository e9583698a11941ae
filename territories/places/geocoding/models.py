from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .geocoder import Found


class GeocodedAddress(models.Model):
    """What the geocoder answered for an address; nothing when it knows none.

    It is nobody's: where a street is, is the same for every territory, and no row says who asked
    or for which record.
    """

    asked = models.CharField(max_length=300, unique=True)
    answer = models.JSONField(null=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("adresse située")
        verbose_name_plural = _("adresses situées")

    def __str__(self) -> str:
        return self.asked

    @property
    def found(self) -> Found | None:
        values: list[Any] | None = self.answer
        return Found(*values) if values else None
