"""From the names of an archive to primary keys here, of what the archive itself has brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from wagtail.models import Locale, Page, TranslatableMixin

from .naming import MEDIA, PEOPLE
from .renaming import GONE, Rename


class Found(Rename):
    """Answers for the rows of one archive. A name it does not hold is GONE, whoever bears it here.

    `types`: the page types of the archive's pages. `made`: the rows that stand for its names.
    What all territories share (the vocabulary) has natural keys: it is found, never made.
    """

    def __init__(
        self,
        types: Mapping[str, type[Page]],
        made: Mapping[str, int],
        renewed: Mapping[str, str] | None = None,
    ) -> None:
        self.types = types
        self.made = made
        self.renewed = renewed or {}
        self.locales = dict(Locale.objects.values_list("language_code", "pk"))
        self._natural: dict[tuple[type[Model], tuple], Any] = {}

    def __call__(self, model: type[Model], value: Any) -> Any:
        if model is TranslatableMixin:
            return self.renewed.get(str(value), value)
        if issubclass(model, PEOPLE):
            return GONE
        if issubclass(model, Page):
            known = isinstance(value, str) and issubclass(self.types.get(value, type), model)
            return self.made.get(value, GONE) if known else GONE
        for media, kind in MEDIA.items():
            if issubclass(model, media):
                known = isinstance(value, str) and value.startswith(f"{kind}:")
                return self.made.get(value, GONE) if known else GONE
        if model is Locale:
            return self.locales.get(value, GONE)
        return self._by_nature(model, value)

    def _by_nature(self, model: type[Model], name: Any) -> Any:
        if not isinstance(name, list) or not all(isinstance(one, str | int) for one in name):
            return GONE
        if not hasattr(model._default_manager, "get_by_natural_key"):
            return GONE
        asked = (model, tuple(name))
        if asked not in self._natural:
            try:
                self._natural[asked] = model._default_manager.get_by_natural_key(*name).pk
            except (model.DoesNotExist, TypeError, ValueError):
                self._natural[asked] = GONE
        return self._natural[asked]
