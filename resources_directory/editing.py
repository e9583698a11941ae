"""The forms of an actor and of a service, in the order in which a coordinator tells of them.

What it is, whom to ask, where and when, for whom, at what price; what only partners ask for, last.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)

from territories.pages.forms import TerritoryPageForm

from .choices import OwnChoices
from .codes import EVERYBODY
from .models.closures import closures_panel
from .models.records import ADDRESS_PANELS

ACTOR = "resources_directory.ActorPage"

ACTOR_PANELS = [
    FieldPanel("description"),
    FieldPanel("category"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("website"),
        ],
        heading=gettext_lazy("Contact"),
    ),
    MultiFieldPanel(
        [
            *ADDRESS_PANELS,
            FieldPanel("step_free"),
            FieldPanel("accessibility_url"),
            FieldPanel("opening_hours"),
        ],
        heading=gettext_lazy("Où et quand"),
    ),
    closures_panel(
        gettext_lazy("Fermé aussi pour les services de l’acteur qui n’ont pas d’horaires à eux.")
    ),
    MultiFieldPanel(
        [FieldPanel("languages_spoken"), FieldPanel("specific_care")],
        heading=gettext_lazy("Qui l’on sait accueillir"),
        classname="collapsed",
    ),
    FieldPanel("confirmed_on"),
    MultiFieldPanel(
        [FieldPanel("networks"), FieldPanel("siret"), FieldPanel("image")],
        heading=gettext_lazy("Pour aller plus loin"),
        classname="collapsed",
    ),
]

SERVICE_PANELS = [
    PageChooserPanel("actor", ACTOR),
    FieldPanel("description"),
    FieldPanel("themes"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            FieldPanel("contact_name"),
            FieldPanel("mobilisation_modes"),
            FieldPanel("mobilisable_by"),
            FieldPanel("mobilisation_details"),
            FieldPanel("mobilisation_link"),
        ],
        heading=gettext_lazy("Comment demander"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("reception_modes"),
            *ADDRESS_PANELS,
            FieldPanel("step_free"),
            FieldPanel("opening_hours"),
        ],
        heading=gettext_lazy("Où et quand (vide : comme l’acteur)"),
    ),
    closures_panel(gettext_lazy("Les fermetures de l’acteur se disent sur sa fiche.")),
    InlinePanel(
        "places",
        heading=gettext_lazy("Plusieurs lieux, ou des permanences"),
        label=gettext_lazy("Lieu"),
        help_text=gettext_lazy(
            "Seulement si l’aide se donne à plusieurs endroits, ou certains jours. Ces lieux "
            "remplacent alors l’adresse du dessus et celle de l’acteur."
        ),
    ),
    MultiFieldPanel(
        [
            FieldPanel("publics", widget=CheckboxSelectMultiple),
            FieldPanel("publics_details"),
            FieldPanel("access_conditions"),
        ],
        heading=gettext_lazy("Pour qui"),
    ),
    MultiFieldPanel(
        [FieldPanel("fees"), FieldPanel("fees_details"), FieldPanel("to_bring")],
        heading=gettext_lazy("Prix et choses à apporter"),
    ),
    MultiFieldPanel(
        [FieldPanel("languages_spoken"), FieldPanel("specific_care")],
        heading=gettext_lazy("Qui l’on sait accueillir (rien de coché : comme l’acteur)"),
        classname="collapsed",
    ),
    FieldPanel("confirmed_on"),
    MultiFieldPanel(
        [
            FieldPanel("type"),
            FieldPanel("eligibility_zone"),
            FieldRowPanel([FieldPanel("weekly_hours"), FieldPanel("weeks")]),
        ],
        heading=gettext_lazy("Pour aller plus loin"),
        classname="collapsed",
    ),
]


class NamedLines:
    """Before the form of a page: what is wrong in a line of a list is said on top as well, with the
    line and the field. Folded or far down, nobody would find it."""

    formsets: dict[str, Any]

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid and NON_FIELD_ERRORS not in self.errors:
            for sentence in self._wrong_lines():
                self.add_error(None, sentence)
        return valid

    def _wrong_lines(self):
        for formset in self.formsets.values():
            line = capfirst(str(formset.model._meta.verbose_name))
            for number, form in enumerate(formset.forms, start=1):
                for name, errors in form.errors.items():
                    label = form.fields[name].label if name in form.fields else ""
                    for error in errors:
                        where = {"line": line, "number": number, "error": error}
                        if label:
                            yield _("%(line)s %(number)s, %(field)s : %(error)s") % {
                                **where,
                                "field": str(label).lower(),
                            }
                        else:
                            yield _("%(line)s %(number)s : %(error)s") % where


class ActorForm(NamedLines, TerritoryPageForm):
    pass


class ServiceForm(NamedLines, OwnChoices, TerritoryPageForm):
    def clean_publics(self):
        publics = self.cleaned_data["publics"]
        codes = {term.code for term in publics}
        if EVERYBODY in codes and len(codes) > 1:
            raise ValidationError(
                _("« Tout le monde » ne va avec aucun autre public : gardez l’un ou l’autre.")
            )
        return publics
