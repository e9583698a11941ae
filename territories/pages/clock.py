"""Hours typed and shown on the clock of the page's territory.

Wagtail uses the time zone of the person: a national colleague would move every hour of an overseas
page by opening and saving it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils import timezone

from territories.territory import zone_of


class OnTerritoryClock:
    """Before the form of a page type that holds hours, its lines included."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        zone = zone_of(self.instance.territory)
        if zone.key == timezone.get_current_timezone_name():
            return
        for form, name in self._moments():
            moment = form.initial.get(name)
            if moment is not None and timezone.is_aware(moment):
                # A naive moment is shown as it is.
                form.initial[name] = timezone.make_naive(moment, zone)

    def is_valid(self) -> bool:
        with timezone.override(zone_of(self.instance.territory)):
            return super().is_valid()

    def _moments(self) -> Iterator[tuple[forms.BaseForm, str]]:
        lines = [form for formset in self.formsets.values() for form in formset.forms]
        for form in (self, *lines):
            for name, field in form.fields.items():
                if isinstance(field, forms.DateTimeField):
                    yield form, name
