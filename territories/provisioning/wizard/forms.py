"""The questions of the wizard, one form a step. Each field has the name that it has in the plan."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from territories.identity.fields import PluginsField, named
from territories.models import Territory
from territories.people.forms import first_name, last_name
from territories.places.communes import CommunesField
from territories.plugins.registry import plugins, requirements
from territories.plugins.themes import is_theme
from territories.provisioning.plan import Plan, faults_of, portal_site, with_requirements

if TYPE_CHECKING:
    from .draft import Draft


def facts(name: str, **details) -> forms.Field:
    """The field of a territory's fact, with its own length and words."""
    field = Territory._meta.get_field(name)
    # What is wrong is said once, by the plan.
    return forms.CharField(
        label=capfirst(field.verbose_name), max_length=field.max_length, **details
    )


class PlanForm(forms.Form):
    title = ""

    def __init__(self, *args, draft: Draft, **kwargs) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The plan knows what is wrong with it; each sentence goes to its field."""
        answers = super().clean()
        fields = self.fields.keys() - self.errors.keys()
        plan = Plan(**{"slug": self.draft.slug, **BLANK, **answers})
        for name, sentences in faults_of(plan, run=self.draft.key, fields=fields).items():
            self.add_error(name, sentences)
        return answers


BLANK = {"name": "", "hostname": "", "communes": ()}


class IdentityForm(PlanForm):
    title = gettext_lazy("Identité")

    name = facts("name", help_text=gettext_lazy("Comme on le dit : Grand Mirail."))
    slug = facts(
        "slug",
        required=False,
        help_text=gettext_lazy(
            "Il nomme le territoire dans les commandes et ne change plus. Vide : d’après le nom."
        ),
    )
    town = facts("town", required=False)
    tagline = facts(
        "tagline", required=False, help_text=gettext_lazy("La première chose que l’on lit.")
    )

    def clean_slug(self) -> str:
        return self.draft.slug


class CommunesForm(PlanForm):
    title = gettext_lazy("Communes")

    communes = CommunesField()


class AddressForm(PlanForm):
    title = gettext_lazy("Adresse du site")

    hostname = forms.CharField(
        label=gettext_lazy("Adresse du site"),
        help_text=gettext_lazy(
            "Sans https:// ni barre oblique. Le nom de domaine doit déjà mener à ce serveur."
        ),
        error_messages={"required": gettext_lazy("Donnez une adresse.")},
    )
    port = forms.IntegerField(
        label=gettext_lazy("Port"),
        help_text=gettext_lazy("443 pour https. Proposé : celui du portail."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if portal := portal_site():
            self.initial.setdefault("port", portal.port)
            if self.draft.slug:
                self.initial.setdefault("hostname", f"{self.draft.slug}.{portal.hostname}")

    def clean_hostname(self) -> str:
        """People paste the whole address."""
        typed = self.cleaned_data["hostname"].strip()
        if "://" in typed:
            # Where it cannot be read, the plan says what is wrong with it.
            with suppress(ValueError):
                typed = urlsplit(typed).hostname or typed
        return typed.rstrip("/.").lower()


class PluginsForm(PlanForm):
    title = gettext_lazy("Modules")

    plugins = PluginsField(
        label=gettext_lazy("Modules"),
        required=False,
        help_text=gettext_lazy("Ils s’ouvrent et se ferment aussi plus tard."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("plugins", [one for one in plugins() if not is_theme(one)])

    def clean_plugins(self) -> list[str]:
        """What a plugin requires is ticked for whoever forgot it, and shown before it is taken."""
        chosen = self.cleaned_data["plugins"]
        completed = with_requirements(chosen)
        lacking = [label for label in completed if label not in chosen]
        if not lacking:
            return completed
        self.data = self.data.copy()
        self.data.setlist(self.add_prefix("plugins"), completed)
        raise ValidationError(
            [
                _("« %(plugin)s » demande aussi : %(required)s. C’est coché : continuez.")
                % {"plugin": plugins()[label].verbose_name, "required": ", ".join(named(missing))}
                for label in chosen
                if (missing := [one for one in lacking if one in requirements(label)])
            ]
        )


class CoordinatorForm(PlanForm):
    title = gettext_lazy("Première personne à la coordination")

    coordinator_email = forms.CharField(
        label=gettext_lazy("Adresse e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Une invitation y part quand le site est prêt. Vide : vous inviterez plus tard."
        ),
    )
    coordinator_first_name = first_name(required=False)
    coordinator_last_name = last_name(required=False)


FORMS: dict[str, type[PlanForm]] = {
    "identity": IdentityForm,
    "communes": CommunesForm,
    "address": AddressForm,
    "plugins": PluginsForm,
    "coordinator": CoordinatorForm,
}
