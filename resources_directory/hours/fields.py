"""The field of opening hours: an OpenStreetMap expression, typed day by day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.text import capfirst

from .checking import check_hours
from .expression import tidy

LONGEST = 500


class OpeningHoursField(models.CharField):
    """Checked whenever a record is; kept as it was written."""

    default_validators = [check_hours]

    def __init__(self, *args: Any, **kwargs) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        found = super().to_python(value)
        return tidy(found) if isinstance(found, str) else found

    def formfield(self, **kwargs):
        from .editing import HoursInput

        return HoursInput(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            max_length=self.max_length,
        )
