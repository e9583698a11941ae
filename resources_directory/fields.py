"""Lists kept as JSON, each value once."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# data·inclusion v1: a commune (INSEE), a department, an EPCI (SIREN), a country, or all of France.
ZONE = re.compile(r"(\d[\dAB]\d{3}|\d{2,3}|2[AB]|\d{9}|france)")


class ListField(models.JSONField):
    """A list that is empty by default."""

    def __init__(self, *args: Any, **kwargs) -> None:
        kwargs.update(default=list, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default")
        kwargs.pop("blank")
        return name, path, args, kwargs


class CodesField(ListField):
    """A list of values of a TextChoices, ticked in boxes.

    The codes stay out of migrations: a new one is no change of the table.
    """

    def __init__(self, *args: Any, codes: type[models.TextChoices] | None = None, **kwargs) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("Une liste de codes est attendue."))
        unknown = [str(code) for code in value if code not in self.codes.values]
        if unknown:
            raise ValidationError(
                _("Code inconnu : %(codes)s."), params={"codes": ", ".join(unknown)}
            )
        if len(set(value)) != len(value):
            raise ValidationError(_("Un code est donné deux fois."))

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            choices=self.codes.choices,
            widget=forms.CheckboxSelectMultiple,
        )


class ZoneInput(forms.CharField):
    """Codes typed in a line, between commas or spaces."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        return list(dict.fromkeys(re.split(r"[\s,;]+", super().to_python(value)))) if value else []

    def has_changed(self, initial, data) -> bool:
        return self.to_python(data) != (initial or [])


class ZoneField(ListField):
    """Where one must live to be eligible: codes of communes, departments, EPCI, or `france`."""

    def validate(self, value, model_instance) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list):
            raise ValidationError(_("Une liste de codes est attendue."))
        wrong = [str(code) for code in value if not ZONE.fullmatch(str(code))]
        if wrong:
            raise ValidationError(
                _(
                    "« %(codes)s » n’est pas un code de commune (31555), de département (31), "
                    "d’intercommunalité (200093201) ni « france »."
                ),
                params={"codes": ", ".join(wrong)},
            )

    def formfield(self, **kwargs):
        return ZoneInput(
            label=capfirst(self.verbose_name), help_text=self.help_text, required=False
        )
