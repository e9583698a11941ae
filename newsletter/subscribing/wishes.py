"""What a reader chooses among: the needs, the neighbourhood, the language, the rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsletter.models.subscribers import Frequency
from territories.places.models import Neighbourhood
from territories.places.widgets import NamesSelect
from territories.vocabulary.families import families

if TYPE_CHECKING:
    from newsletter.models import Subscriber
    from territories.models import Territory

# The fields of a subscriber that are theirs to choose.
NAMES = ("themes", "neighbourhood", "language", "frequency")
INPUT = {"class": "input"}


def theme_choices() -> list[tuple[str, str]]:
    return [(term.code, term.words) for term in families().values() if not term.is_retired]


def neighbourhood_choices(territory: Territory) -> list[tuple[str, str]]:
    """The priority neighbourhoods of a territory that have a code, by name."""
    found = Neighbourhood.objects.filter(territories=territory).exclude(code="")
    return [(one.code, one.name) for one in found.order_by("name", "code")]


def rhythm_choices() -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in Frequency.choices]


def language_choices() -> list[tuple[str, str]]:
    """Each in its own language: who reads it finds it."""
    return list(settings.LANGUAGES)


class LanguagesSelect(NamesSelect):
    def language_of(self, value: str) -> str:
        return value


class Wishes(forms.Form):
    """`territory`: whose neighbourhoods are offered."""

    themes = forms.MultipleChoiceField(
        label=_("Ce qui vous intéresse"),
        required=False,
        help_text=_("Ne cochez rien : vous recevez tout."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Ce sujet n’est plus proposé. Choisissez dans la liste.")
        },
    )
    neighbourhood = forms.ChoiceField(
        label=_("Votre quartier"),
        required=False,
        widget=NamesSelect(INPUT),
        error_messages={
            "invalid_choice": _("Ce quartier n’est plus proposé. Choisissez dans la liste.")
        },
    )
    language = forms.ChoiceField(
        label=_("La langue de la lettre"),
        choices=language_choices,
        help_text=_("Quand la lettre est traduite. Sinon, vous la recevez en français."),
        widget=LanguagesSelect(INPUT),
        error_messages={
            "required": _("Choisissez une langue."),
            "invalid_choice": _("Cette langue n’est pas proposée. Choisissez dans la liste."),
        },
    )
    frequency = forms.ChoiceField(
        label=_("À quel rythme ?"),
        choices=rhythm_choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un rythme."),
            "invalid_choice": _("Ce rythme n’est pas proposé. Choisissez dans la liste."),
        },
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = theme_choices()
        offered = neighbourhood_choices(territory)
        if offered:
            self.fields["neighbourhood"].choices = [
                ("", _("Un autre, ou je ne sais pas")),
                *offered,
            ]
        else:
            del self.fields["neighbourhood"]

    @property
    def wishes(self) -> dict[str, Any]:
        """What was chosen, by the names of a subscriber's fields; a field not shown is not told."""
        return {name: self.cleaned_data[name] for name in NAMES if name in self.cleaned_data}


def wishes_of(subscriber: Subscriber) -> Mapping[str, Any]:
    return {name: getattr(subscriber, name) for name in NAMES}
