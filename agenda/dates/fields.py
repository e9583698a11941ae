"""Lists of weekdays and of days kept as JSON, ticked or typed by people."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resources_directory.fields import ListField
from territories.days import YEARS, read_date

# A year of days: more of them are a rule, or a mistake.
MOST_DAYS = 400


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("lundi")
    TUESDAY = 1, _("mardi")
    WEDNESDAY = 2, _("mercredi")
    THURSDAY = 3, _("jeudi")
    FRIDAY = 4, _("vendredi")
    SATURDAY = 5, _("samedi")
    SUNDAY = 6, _("dimanche")


class WeekdaysField(ListField):
    """Numbers of weekdays, Monday is 0."""

    codes = Weekday

    def to_python(self, value):
        # Archives and revisions are read through here, and the rule takes what it finds.
        if not isinstance(value, list) or any(day not in Weekday.values for day in value):
            raise ValidationError(_("Une liste de jours de la semaine est attendue."))
        return sorted({int(day) for day in value})

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            choices=Weekday.choices,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
        )


class DaysInput(forms.CharField):
    """Days typed one a line, or between commas: 10/12/2026."""

    widget = forms.Textarea

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        return "\n".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in value)

    def to_python(self, value) -> list[str]:
        days = set()
        for words in re.split(r"[\s,;]+", super().to_python(value)):
            if not words:
                continue
            try:
                days.add(read_date(words).isoformat())
            except ValueError:
                raise ValidationError(
                    _("« %(words)s » n’est pas une date comme 10/12/2026."),
                    params={"words": words[:50]},
                ) from None
        return sorted(days)

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != (initial or [])
        except ValidationError:
            return True


class DaysField(ListField):
    """Days as ISO dates, in order."""

    def to_python(self, value):
        try:
            found = sorted({date.fromisoformat(day).isoformat() for day in value})
        except (TypeError, ValueError):
            raise ValidationError(_("Une liste de dates est attendue.")) from None
        if any(date.fromisoformat(day).year not in YEARS for day in found):
            raise ValidationError(_("Et ces jours : vérifiez les années."))
        if len(found) > MOST_DAYS:
            raise ValidationError(
                _("Et ces jours : %(most)s au plus, s’il vous plaît."), params={"most": MOST_DAYS}
            )
        return found

    def formfield(self, **kwargs):
        return DaysInput(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            required=False,
            widget=kwargs.get("widget") or forms.Textarea({"rows": 3}),
        )
