"""Communes as people write them: one a line, its INSEE code, then its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from .models import Commune


class CommunesField(forms.CharField):
    """Its value is a list of `31555:Toulouse`, or of `31555` where the name is known already."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs) -> None:
        words = {
            "label": gettext_lazy("Communes"),
            "help_text": gettext_lazy(
                "Une par ligne : son code INSEE, puis son nom. Exemple : 31555 Toulouse. Le nom "
                "n’est pas nécessaire pour une commune que le portail connaît déjà."
            ),
            "error_messages": {"required": gettext_lazy("Donnez au moins une commune.")},
        }
        super().__init__(**{**words, **kwargs})

    def prepare_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(
            f"{one.code} {one.name}" if isinstance(one, Commune) else " ".join(split_commune(one))
            for one in value
        )

    def has_changed(self, initial, data) -> bool:
        return codes_in(self.prepare_value(initial)) != codes_in(data)

    def clean(self, value) -> list[str]:
        given = dict(map(split_commune, lines_of(super().clean(value))))
        known = dict(Commune.objects.filter(pk__in=given).values_list("code", "name"))
        nameless = [
            code for code, name in given.items() if len(code) == 5 and not (name or code in known)
        ]
        if nameless:
            raise ValidationError(
                ngettext(
                    "La commune %(codes)s n’est pas encore connue : écrivez aussi son nom.",
                    "Les communes %(codes)s ne sont pas encore connues : écrivez aussi leurs noms.",
                    len(nameless),
                )
                % {"codes": ", ".join(nameless)}
            )
        return [f"{code}:{name}" if name else code for code, name in given.items()]


def lines_of(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def codes_in(text: str | None) -> set[str]:
    return {split_commune(line)[0] for line in lines_of(text)}


def split_commune(line: str) -> tuple[str, str]:
    """`31555 Toulouse`, `31555:Toulouse`, `31555 : Toulouse`, `31555`."""
    code, *name = re.split(r"[\s:;,]+", line, maxsplit=1)
    return code.upper(), "".join(name).strip()


def find_or_make(communes: Iterable[str]) -> list[Commune]:
    """The communes written `31555:Toulouse` or `31555`; the name of a known one is kept."""
    found = []
    for code, name in map(split_commune, communes):
        found.append(Commune.objects.get_or_create(code=code, defaults={"name": name or code})[0])
    return found
