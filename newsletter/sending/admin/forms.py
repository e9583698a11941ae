from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from newsletter.subscribing.wishes import neighbourhood_choices, theme_choices
from territories.models import Territory

NOW, LATER = "now", "later"
FURTHEST = timedelta(days=365)
MOST_TRIES = 5


class SendForm(forms.Form):
    """For whom, and when; hours are those of the territory, which the view has put in force."""

    themes = forms.MultipleChoiceField(
        label=gettext_lazy("Sujets"),
        required=False,
        help_text=gettext_lazy(
            "Rien de coché : tout le monde. Qui n’a choisi aucun sujet reçoit toujours la lettre."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    neighbourhoods = forms.MultipleChoiceField(
        label=gettext_lazy("Quartiers"),
        required=False,
        help_text=gettext_lazy(
            "Rien de coché : tout le monde. Qui n’a dit aucun quartier reçoit toujours la lettre."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    when = forms.ChoiceField(
        label=gettext_lazy("Quand ?"),
        choices=[(NOW, gettext_lazy("Maintenant")), (LATER, gettext_lazy("Plus tard"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    begins_at = forms.DateTimeField(
        label=gettext_lazy("Jour et heure"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=gettext_lazy("Pour « Plus tard », à l’heure du territoire."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = theme_choices()
        offered = neighbourhood_choices(territory)
        if offered:
            self.fields["neighbourhoods"].choices = offered
        else:
            del self.fields["neighbourhoods"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("when") == NOW:
            cleaned["begins_at"] = None
        elif "begins_at" in cleaned:
            moment, now = cleaned["begins_at"], timezone.now()
            if moment is None:
                self.add_error("begins_at", _("Dites quel jour et à quelle heure."))
            elif not now < moment < now + FURTHEST:
                self.add_error("begins_at", _("Choisissez un moment à venir, avant un an."))
        return cleaned


class TryForm(forms.Form):
    addresses = forms.CharField(
        label=gettext_lazy("À quelles adresses ?"),
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Une par ligne, cinq au plus."),
        error_messages={"required": gettext_lazy("Écrivez une adresse au moins.")},
    )

    def clean_addresses(self) -> list[str]:
        words = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ")
        found = list(dict.fromkeys(words.split()))
        if len(found) > MOST_TRIES:
            raise ValidationError(
                _("Gardez %(most)s adresses au plus : il y en a %(number)s."),
                params={"most": MOST_TRIES, "number": len(found)},
            )
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(
                    _("« %(address)s » n’est pas une adresse e-mail."),
                    params={"address": address[:60]},
                ) from None
        return found
