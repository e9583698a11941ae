from __future__ import annotations

import math

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from territories.people.models import LogInRules

from .devices import closed_until, confirm, verify

CODE = {"autocomplete": "one-time-code", "autofocus": "", "spellcheck": "false"}


class CodeForm(forms.Form):
    """A code of the telephone, or one on paper: the device that it opens is `device`."""

    token = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
        error_messages={"required": gettext_lazy("Écrivez le code.")},
    )
    device = None
    is_closed = False

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_token(self) -> str:
        token = self.cleaned_data["token"]
        self.refuse_while_closed(token)
        self.device = verify(user=self.user, token=token)
        if self.device is None:
            raise forms.ValidationError(
                _("Ce code n’ouvre pas. Attendez que le téléphone en montre un autre.")
            )
        return token

    def refuse_while_closed(self, token: str) -> None:
        until = closed_until(self.user, token)
        if until is None:
            return
        self.is_closed = True
        minutes = math.ceil((until - timezone.now()).total_seconds() / 60)
        sentence = ngettext(
            "Trop d’essais : attendez %(minutes)d minute avant le prochain code.",
            "Trop d’essais : attendez %(minutes)d minutes avant le prochain code.",
            minutes,
        )
        raise forms.ValidationError(sentence % {"minutes": minutes})


class FirstCodeForm(forms.Form):
    """The first code of a new telephone: `device` and `codes` once it is right."""

    token = forms.CharField(
        label=gettext_lazy("Code que montre le téléphone"),
        max_length=20,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Écrivez les six chiffres du code.")},
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_token(self) -> str:
        token = "".join(self.cleaned_data["token"].split())
        confirmed = confirm(user=self.user, token=token)
        if confirmed is None:
            raise forms.ValidationError(
                _(
                    "Ce n’est pas le bon code. Attendez le suivant, et regardez si l’heure du "
                    "téléphone est juste."
                )
            )
        self.device, self.codes = confirmed
        return token


class RulesForm(forms.ModelForm):
    class Meta:
        model = LogInRules
        fields = ["asks_second_factor"]
