from __future__ import annotations

from django import forms

from territories.pages.base import SOURCE_LANGUAGE


class NamesSelect(forms.Select):
    """Its choices are names that no page translates, but for the empty one: each says which
    language it is in, to be read aloud and set in its own direction."""

    def language_of(self, value: str) -> str:
        return SOURCE_LANGUAGE

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = self.language_of(value)
        return option
