"""Form fields of the identity that Django and Wagtail do not have."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from territories.appearance.facade import SIGNATURES
from territories.plugins.registry import plugins, requirements
from territories.plugins.themes import is_theme

PANES = {
    "brick": _("brique"),
    "violet": _("violette"),
    "tripod": _("immeuble tripode"),
    "wave": _("vague"),
    "sail": _("voile"),
    "stone": _("pierre"),
    "meander": _("méandre"),
    "bridge": _("pont"),
    "hillside": _("coteau"),
    "mountain": _("montagne"),
    "chimney": _("cheminée"),
    "palm": _("palmier"),
    "timber": _("colombages"),
}
ZONES = {
    "Europe/Paris": _("Métropole"),
    "America/Guadeloupe": _("Guadeloupe, Saint-Barthélemy, Saint-Martin"),
    "America/Martinique": _("Martinique"),
    "America/Cayenne": _("Guyane"),
    "America/Miquelon": _("Saint-Pierre-et-Miquelon"),
    "Indian/Reunion": _("La Réunion"),
    "Indian/Mayotte": _("Mayotte"),
    "Pacific/Noumea": _("Nouvelle-Calédonie"),
    "Pacific/Wallis": _("Wallis-et-Futuna"),
    "Pacific/Tahiti": _("Polynésie française"),
}


class ColourInput(forms.TextInput):
    """The colour as text, which alone is sent, and the browser's palette where scripts run.

    `suggestion`: a colour to offer in its place, by a button that sends the form.
    """

    template_name = "territories/identity/colour_input.html"
    suggestion = ""

    class Media:
        js = ["territories/js/colours.js"]

    def __init__(self, attrs=None) -> None:
        super().__init__({"maxlength": 7, "size": 9, "autocomplete": "off", **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestion"] = self.suggestion
        return context


def take_name(field: str) -> str:
    """The name of the button that takes the colour suggested for a field."""
    return f"take_{field}"


class PanesField(forms.MultipleChoiceField):
    """The drawings of a façade, kept as their names with commas between."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=[(name, PANES.get(name, name)) for name in SIGNATURES], **kwargs)

    def prepare_value(self, value):
        return names_of(value) if isinstance(value, str) else value

    def clean(self, value) -> str:
        return ",".join(super().clean(value))

    def has_changed(self, initial, data) -> bool:
        return super().has_changed(names_of(initial or ""), data)


def names_of(signature: str) -> list[str]:
    return [name.strip() for name in signature.split(",") if name.strip()]


class NeighbourhoodsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, neighbourhood) -> str:
        code = f", {neighbourhood.code}" if neighbourhood.code else ""
        return f"{neighbourhood.name} ({neighbourhood.commune.name}{code})"


class PluginsInput(forms.CheckboxSelectMultiple):
    """A box for each plugin, what it brings, what it needs and what goes with it."""

    template_name = "territories/identity/plugins_input.html"

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        installed = plugins()
        return {
            **option,
            "summary": installed[value].summary,
            "needs": named(requirements(value) - {value}),
            "hides": named(
                {label for label in installed if value in requirements(label)} - {value}
            ),
        }


class PluginsField(forms.MultipleChoiceField):
    widget = PluginsInput

    def __init__(self, **kwargs) -> None:
        super().__init__(
            choices=lambda: [(label, config.verbose_name) for label, config in plugins().items()],
            **kwargs,
        )

    def validate(self, value) -> None:
        super().validate(value)
        themes = [label for label in value if is_theme(label)]
        if len(themes) > 1:
            raise ValidationError(
                _("Un seul thème à la fois : « %(names)s ». Gardez-en un.")
                % {"names": gettext(" » et « ").join(named(themes))}
            )


def named(labels: Collection[str]) -> list[str]:
    """The names of plugins, in the order in which they stand on one another."""
    return [str(config.verbose_name) for label, config in plugins().items() if label in labels]
