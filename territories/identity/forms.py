"""The form of a territory's identity, for its coordinators and for the national team."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from territories.appearance.oklch import is_colour
from territories.appearance.readable import TEXTS, is_readable, nearest_readable, refusal
from territories.models import Neighbourhood
from territories.places.communes import CommunesField, codes_in, find_or_make, split_commune
from territories.plugins.registry import plugins, requirements, working
from territories.provisioning.plan import faults_of_communes
from territories.tenancy.guards.references import forget, refusals

from .fields import ZONES, NeighbourhoodsField, PanesField, PluginsField, named, names_of


class IdentityForm(WagtailAdminModelForm):
    facade_signature = PanesField(
        label=gettext_lazy("Dessins de la façade"),
        required=False,
        help_text=gettext_lazy("Aucun : ils sont choisis d’après le nom court."),
    )
    communes = CommunesField()
    neighbourhoods = NeighbourhoodsField(
        Neighbourhood.objects.none(),
        label=gettext_lazy("Quartiers prioritaires (QPV)"),
        required=False,
        help_text=gettext_lazy("Ceux des communes du territoire."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Fuseau horaire"),
        error_messages={
            "invalid_choice": gettext_lazy(
                "« %(value)s » n’est pas un fuseau horaire connu. Choisissez-en un dans la liste."
            )
        },
    )
    plugins = PluginsField(
        label=gettext_lazy("Modules"),
        required=False,
        help_text=gettext_lazy(
            "Fermer ne supprime rien : les pages sont cachées, et reviennent à la réouverture."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        territory = self.instance
        self.switched_on = {switch.plugin for switch in territory.switches.all() if switch.is_on}
        self.initial["plugins"] = [label for label in plugins() if label in self.switched_on]
        zones = dict(ZONES)
        zones.setdefault(territory.time_zone, territory.time_zone)
        self.fields["time_zone"].choices = zones.items()
        self.fields["neighbourhoods"].queryset = (
            Neighbourhood.objects.filter(self._in_the_communes())
            .select_related("commune")
            .distinct()
        )

    def _in_the_communes(self) -> Q:
        stored = Q(commune__territories=self.instance)
        if "communes" not in self.fields or not self.is_bound:
            return stored
        # The national team changes both at once.
        return stored | Q(commune__in=codes_in(self["communes"].value()))

    def clean_communes(self) -> list[str]:
        communes = self.cleaned_data["communes"]
        if wrong := list(faults_of_communes(communes)):
            raise ValidationError(wrong)
        return communes

    def clean_sender_name(self) -> str:
        return " ".join(self.cleaned_data["sender_name"].split())

    def clean_facade_signature(self) -> str:
        asked, stored = self.cleaned_data["facade_signature"], self.initial["facade_signature"]
        # Boxes have one order only, and the first drawing stands for the logo: keep what was there.
        return stored if set(names_of(asked)) == set(names_of(stored)) else asked

    def clean_first_colour(self) -> str:
        return self._readable("first_colour")

    def clean_second_colour(self) -> str:
        return self._readable("second_colour")

    def _readable(self, name: str) -> str:
        """Refuses a colour that is new: one that was there before the rule stays until it is
        changed, since the theme adapts it anyway."""
        colour, text = self.cleaned_data[name], TEXTS[name]
        is_new = colour.lower() != self.initial[name].lower()
        if is_new and is_colour(colour) and not is_readable(colour, text):
            self.fields[name].widget.suggestion = nearest_readable(colour, text)
            raise ValidationError(refusal(colour, text), code="contrast")
        return colour

    def clean_plugins(self) -> list[str]:
        asked = set(self.cleaned_data["plugins"])
        closed = self.switched_on - asked
        for label in asked - self.switched_on:
            if refused := requirements(label) & closed:
                raise ValidationError(
                    _("« %(plugin)s » a besoin de « %(needed)s », que vous fermez. Ouvrez les deux,"
                      " ou aucun.")
                    % {
                        "plugin": plugins()[label].verbose_name,
                        "needed": _(" » et « ").join(named(refused)),
                    }
                )  # fmt: skip
        return list(asked)

    def clean(self):
        cleaned = super().clean()
        communes, neighbourhoods = cleaned.get("communes"), cleaned.get("neighbourhoods")
        if communes is not None and neighbourhoods is not None:
            kept = {split_commune(commune)[0] for commune in communes}
            lost = [found.name for found in neighbourhoods if found.commune_id not in kept]
            if lost:
                self.add_error(
                    "neighbourhoods",
                    _("Pas dans les communes choisies : %(names)s.") % {"names": ", ".join(lost)},
                )
        return cleaned

    def _post_clean(self) -> None:
        # Asked before the instance takes the new values, as in the form of pages.
        refused = dict(refusals(self, self.for_user))
        super()._post_clean()
        for name, sentence in refused.items():
            forget(self, name)
            self.add_error(name, sentence)
        if "plugins" in self.cleaned_data:
            # Like every other field, for whoever shows the territory before it is saved.
            self.instance.enabled_plugins = working(set(self.cleaned_data["plugins"]))

    def save(self, commit: bool = True):
        if commit and "communes" in self.cleaned_data:
            self.cleaned_data["communes"] = find_or_make(self.cleaned_data["communes"])
        return super().save(commit)
